package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads of an HTTP/1.1 answer where it ends, its status, whether the connection lives on, and how long a front door parked
 * it. One answer after the other; never keeps a body. Memory: the head, at most 64 KiB.
 */
final class AnswerParser {

    /** What a piece of an answer came to. */
    enum Found {
        /** The answer goes on. */
        MORE,
        /** The answer is complete. */
        COMPLETE,
        /** This is no HTTP/1.1. */
        NONSENSE
    }

    private enum State {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK_REST_OF_LINE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        COMPLETE,
        NONSENSE
    }

    private static final int HEAD_MAX = 65_536;
    private static final long CHUNK_MAX = 1L << 40;
    private static final int LENGTH_DIGITS = 15;
    private static final int KEEP_ALIVE = "keep-alive".length();
    private static final byte[] PARKED = lower(LoadResponse.PARKED_HEADER);
    private static final byte[] CONTENT_LENGTH = lower("content-length");
    private static final byte[] TRANSFER_ENCODING = lower("transfer-encoding");
    private static final byte[] CONNECTION = lower("connection");

    private final byte[] line = new byte[512];
    private int lineLength;
    private boolean longLine;
    private boolean firstLine = true;
    private int headBytes;
    private State state = State.COMPLETE;
    private boolean toHead;
    private boolean hasHead;
    private int status;
    private long remaining;
    private boolean sized;
    private boolean chunked;
    private boolean keepAlive;
    private long bodyBytes;
    private int digits;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;

    /** A request has been written: its answer comes next. */
    void begin(boolean isHead) {
        toHead = isHead;
        state = State.HEAD;
        bodyBytes = 0;
        hasHead = false;
        headBytes = 0;
        beginHead();
    }

    /** Takes in what has come, as far as the answer goes. */
    Found take(ByteBuf bytes) {
        while (bytes.isReadable() && state != State.COMPLETE && state != State.NONSENSE) {
            switch (state) {
                case HEAD -> head(bytes);
                case LENGTH, CHUNK_DATA -> skip(bytes);
                case CHUNK_SIZE -> chunkSize(bytes.readByte());
                case CHUNK_REST_OF_LINE -> restOfLine(bytes.readByte());
                case CHUNK_END -> chunkEnd(bytes.readByte());
                case TRAILER -> trailer(bytes.readByte());
                case UNTIL_CLOSE -> {
                    bodyBytes += bytes.readableBytes();
                    bytes.skipBytes(bytes.readableBytes());
                }
                case COMPLETE, NONSENSE -> throw new IllegalStateException();
            }
        }
        return switch (state) {
            case COMPLETE -> Found.COMPLETE;
            case NONSENSE -> Found.NONSENSE;
            default -> Found.MORE;
        };
    }

    /** Whether the status is known. */
    boolean hasHead() {
        return hasHead;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** The body's size so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the answer has no other end than the connection's. */
    boolean endsWithTheConnection() {
        return state == State.UNTIL_CLOSE;
    }

    private void beginHead() {
        firstLine = true;
        lineLength = 0;
        longLine = false;
        sized = false;
        chunked = false;
        remaining = 0;
        headers = EmptyHttpHeaders.INSTANCE;
    }

    private void head(ByteBuf bytes) {
        while (bytes.isReadable() && state == State.HEAD) {
            int from = bytes.readerIndex();
            int end = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
            int length = (end < 0 ? bytes.writerIndex() : end) - from;
            headBytes += length + 1;
            if (headBytes > HEAD_MAX) {
                state = State.NONSENSE;
                return;
            }
            keep(bytes, from, length);
            bytes.readerIndex(end < 0 ? from + length : end + 1);
            if (end >= 0) {
                line();
            }
        }
    }

    /** Notes a piece of a line, or only its length where the line says nothing that counts. */
    private void keep(ByteBuf bytes, int from, int length) {
        int room = Math.min(length, line.length - lineLength);
        longLine |= room < length;
        bytes.getBytes(from, line, lineLength, room);
        lineLength += room;
    }

    private void line() {
        int length = lineLength > 0 && line[lineLength - 1] == '\r' && !longLine ? lineLength - 1 : lineLength;
        if (firstLine) {
            statusLine(length);
            firstLine = false;
        } else if (length == 0) {
            headEnds();
        } else {
            header(length);
        }
        lineLength = 0;
        longLine = false;
    }

    private void statusLine(int length) {
        boolean http = length >= 12
                && line[0] == 'H'
                && line[1] == 'T'
                && line[2] == 'T'
                && line[3] == 'P'
                && line[4] == '/'
                && line[5] == '1'
                && line[6] == '.'
                && line[8] == ' '
                && (length == 12 || line[12] == ' ');
        int code = http ? digit(9) * 100 + digit(10) * 10 + digit(11) : 0;
        if (code < 100 || code == 101) {
            state = State.NONSENSE;
        }
        status = code;
        keepAlive = http && line[7] != '0';
    }

    private int digit(int at) {
        int digit = line[at] - '0';
        return digit >= 0 && digit <= 9 ? digit : -1_000;
    }

    private void header(int length) {
        switch (line[0] | 0x20) {
            case 'c' -> {
                if (is(CONTENT_LENGTH, length)) {
                    contentLength(length);
                } else if (is(CONNECTION, length)) {
                    connection(length);
                }
            }
            case 't' -> {
                if (is(TRANSFER_ENCODING, length)) {
                    chunked = value(TRANSFER_ENCODING, length)
                            .toLowerCase(Locale.ROOT)
                            .endsWith("chunked");
                }
            }
            case 'x' -> {
                if (is(PARKED, length)) {
                    headers = new DefaultHttpHeaders().set(LoadResponse.PARKED_HEADER, value(PARKED, length));
                }
            }
            default -> {}
        }
    }

    private boolean is(byte[] name, int length) {
        if (length <= name.length || line[name.length] != ':') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((line[i] >= 'A' && line[i] <= 'Z' ? line[i] | 0x20 : line[i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String value(byte[] name, int length) {
        return new String(line, name.length + 1, length - name.length - 1, StandardCharsets.ISO_8859_1).trim();
    }

    private void connection(int length) {
        int at = valueAt(CONNECTION, length);
        if (at < length && (line[at] | 0x20) == 'k' && length - at == KEEP_ALIVE) {
            keepAlive = true;
            return;
        }
        String lower = value(CONNECTION, length).toLowerCase(Locale.ROOT);
        if (lower.contains("close")) {
            keepAlive = false;
        } else if (lower.contains("keep-alive")) {
            keepAlive = true;
        }
    }

    private int valueAt(byte[] name, int length) {
        int at = name.length + 1;
        while (at < length && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
        return at;
    }

    private void contentLength(int length) {
        int end = length;
        while (line[end - 1] == ' ' || line[end - 1] == '\t') {
            end--;
        }
        int at = valueAt(CONTENT_LENGTH, end);
        long value = 0;
        boolean good = at < end && end - at <= LENGTH_DIGITS;
        for (; good && at < end; at++) {
            int digit = line[at] - '0';
            good = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!good || (sized && value != remaining)) {
            state = State.NONSENSE;
        }
        remaining = value;
        sized = true;
    }

    private void headEnds() {
        if (state == State.NONSENSE) {
            return;
        }
        if (status < 200) {
            beginHead();
            return;
        }
        hasHead = true;
        if (toHead || status == 204 || status == 304) {
            state = State.COMPLETE;
        } else if (chunked) {
            beginChunk();
        } else if (sized) {
            state = remaining == 0 ? State.COMPLETE : State.LENGTH;
        } else {
            keepAlive = false;
            state = State.UNTIL_CLOSE;
        }
    }

    private void skip(ByteBuf bytes) {
        int taken = (int) Math.min(remaining, bytes.readableBytes());
        bytes.skipBytes(taken);
        bodyBytes += taken;
        remaining -= taken;
        if (remaining == 0) {
            state = state == State.LENGTH ? State.COMPLETE : State.CHUNK_END;
        }
    }

    private void beginChunk() {
        state = State.CHUNK_SIZE;
        remaining = 0;
        digits = 0;
    }

    private void chunkSize(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && remaining < CHUNK_MAX) {
            remaining = remaining * 16 + digit;
            digits++;
        } else if (digits > 0 && (b == '\r' || b == ';' || b == ' ' || b == '\n')) {
            state = State.CHUNK_REST_OF_LINE;
            restOfLine(b);
        } else {
            state = State.NONSENSE;
        }
    }

    private void restOfLine(byte b) {
        if (b == '\n') {
            state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
            lineLength = 0;
        }
    }

    private void chunkEnd(byte b) {
        if (b == '\n') {
            beginChunk();
        } else if (b != '\r') {
            state = State.NONSENSE;
        }
    }

    private void trailer(byte b) {
        if (++headBytes > HEAD_MAX) {
            state = State.NONSENSE;
        } else if (b == '\n') {
            state = lineLength == 0 ? State.COMPLETE : State.TRAILER;
            lineLength = 0;
        } else if (b != '\r') {
            lineLength++;
        }
    }

    private static byte[] lower(String text) {
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
    }
}
