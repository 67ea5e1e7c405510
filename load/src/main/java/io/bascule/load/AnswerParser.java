package io.bascule.load;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 answers, one after the other: status, headers, where the answer ends, whether the connection lives on.
 * Strict about what decides where an answer ends: two lengths, a length or coding folded over lines, a space before a
 * colon, control characters and chunks that are none are nonsense. Where a length and chunks are both there, the chunks
 * count and the connection is not used again. Allocates nothing for an answer; the head takes at most 64 KiB, those of
 * interim answers (1xx, dropped) and the trailer included.
 */
final class AnswerParser implements AnswerHead {

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
        CHUNK_EXTENSION,
        CHUNK_DATA,
        CHUNK_END,
        CHUNK_END_LINE,
        TRAILER,
        UNTIL_CLOSE,
        COMPLETE,
        NONSENSE
    }

    private static final int HEAD_MAX = 65_536;
    private static final int HEAD_USUAL = 1_024;
    private static final int LINES_USUAL = 24;
    private static final int CHUNK_LINE_MAX = 4_096;
    private static final long CHUNK_MAX = 1L << 40;
    private static final int LENGTH_DIGITS = 15;
    private static final boolean[] TOKEN = token();

    private final HeaderLines lines = new HeaderLines(HEAD_USUAL, LINES_USUAL);
    private State state = State.COMPLETE;
    private boolean toHead;
    private boolean hasHead;

    // of the head that is being read
    private int filled;
    private int scanned;
    private int lineFrom;
    private int carriageReturn;
    private boolean firstLine;
    private boolean interimOver;
    private boolean old;
    private boolean framing;
    private int headBytes;
    private int status;
    private boolean sized;
    private boolean coded;
    private boolean chunked;
    private boolean keepAlive;

    // of the body
    private long remaining;
    private int digits;
    private int lineLength;
    private long bodyBytes;

    /** A request has been written: its answer comes next. */
    void begin(boolean isHead) {
        toHead = isHead;
        state = State.HEAD;
        bodyBytes = 0;
        hasHead = false;
        headBytes = 0;
        beginHead();
    }

    /** Takes in what has come, as far as the answer goes; the exchange keeps of the body what it wants to. */
    Found take(ByteBuf bytes, Exchange exchange) {
        while (bytes.isReadable() && state != State.COMPLETE && state != State.NONSENSE) {
            switch (state) {
                case HEAD -> head(bytes);
                case LENGTH, CHUNK_DATA -> data(bytes, exchange);
                case CHUNK_SIZE -> chunkSize(bytes.readByte());
                case CHUNK_EXTENSION -> extension(bytes.readByte());
                case CHUNK_END -> chunkEnd(bytes.readByte());
                case CHUNK_END_LINE -> chunkEndLine(bytes.readByte());
                case TRAILER -> trailer(bytes.readByte());
                case UNTIL_CLOSE -> body(bytes, bytes.readableBytes(), exchange);
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

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable String first(String name) {
        return lines.first(name);
    }

    @Override
    public ResponseHeaders headers() {
        return new ResponseHeaders(lines.copy());
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
        lines.clear();
        filled = 0;
        scanned = 0;
        lineFrom = 0;
        carriageReturn = -1;
        firstLine = true;
        interimOver = false;
        framing = false;
        sized = false;
        coded = false;
        chunked = false;
        remaining = 0;
    }

    /** Copies what may be head, and looks for the ends of lines in it; what turns out to be body stays in the bytes. */
    private void head(ByteBuf bytes) {
        if (filled == lines.text().length) {
            lines.grow(HEAD_MAX);
        }
        int before = filled;
        int most = Math.min(bytes.readableBytes(), lines.text().length - filled);
        bytes.getBytes(bytes.readerIndex(), lines.text(), filled, most);
        filled += most;
        int end = lines(lines.text(), filled);
        bytes.skipBytes(end - before);
        headBytes += end - before;
        if (interimOver) {
            beginHead();
        }
        if (state == State.HEAD && headBytes >= HEAD_MAX) {
            state = State.NONSENSE;
        }
    }

    /** Reads lines until the head ends or the text does; answers how far it came. */
    private int lines(byte[] text, int end) {
        int at = scanned;
        while (at < end) {
            byte b = text[at];
            if (b == '\n') {
                boolean over = line(text, at);
                at++;
                if (over || state == State.NONSENSE) {
                    return at;
                }
            } else {
                if ((b & 0xff) < ' ' && b != '\t' && !(b == '\r' && carriageReturn < 0)) {
                    state = State.NONSENSE;
                    return at;
                }
                carriageReturn = b == '\r' ? at : carriageReturn;
                at++;
            }
        }
        scanned = at;
        return at;
    }

    /** A line ends before {@code lineFeed}; answers whether the head does, too. */
    private boolean line(byte[] text, int lineFeed) {
        int from = lineFrom;
        int to = carriageReturn < 0 ? lineFeed : carriageReturn;
        if (carriageReturn >= 0 && carriageReturn != lineFeed - 1) {
            state = State.NONSENSE;
            return true;
        }
        carriageReturn = -1;
        lineFrom = lineFeed + 1;
        if (firstLine) {
            firstLine = false;
            statusLine(text, from, to);
            return false;
        }
        if (from == to) {
            headEnds();
            return true;
        }
        header(text, from, to);
        return false;
    }

    private void statusLine(byte[] text, int from, int to) {
        boolean http = to - from >= 12
                && text[from] == 'H'
                && text[from + 1] == 'T'
                && text[from + 2] == 'T'
                && text[from + 3] == 'P'
                && text[from + 4] == '/'
                && text[from + 5] == '1'
                && text[from + 6] == '.'
                && text[from + 8] == ' '
                && (to - from == 12 || text[from + 12] == ' ');
        int code = http ? digit(text[from + 9]) * 100 + digit(text[from + 10]) * 10 + digit(text[from + 11]) : 0;
        if (code < 100 || code == 101) {
            state = State.NONSENSE;
        }
        status = code;
        old = http && text[from + 7] == '0';
        keepAlive = http && !old;
    }

    private static int digit(byte b) {
        int digit = b - '0';
        return digit >= 0 && digit <= 9 ? digit : -1_000;
    }

    private void header(byte[] text, int from, int to) {
        if (text[from] == ' ' || text[from] == '\t') {
            folded(text, from, to);
            return;
        }
        int colon = from;
        while (colon < to && text[colon] > 0 && TOKEN[text[colon]]) {
            colon++;
        }
        if (colon == from || colon == to || text[colon] != ':') {
            state = State.NONSENSE;
            return;
        }
        int value = skipBlanks(text, colon + 1, to);
        int end = trim(text, value, to);
        lines.add(from, colon, value, end);
        framing = meaning(text, from, colon - from, value, end);
    }

    private void folded(byte[] text, int from, int to) {
        int end = trim(text, from, to);
        if (lines.count() == 0 || framing) {
            state = State.NONSENSE;
        } else if (end > from) {
            lines.extend(end);
        }
    }

    /** Takes in what a header says of where the answer ends; answers whether it does. */
    private boolean meaning(byte[] text, int name, int nameLength, int from, int to) {
        switch (nameLength) {
            case 10 -> {
                if (is(text, name, name + nameLength, "connection")) {
                    connection(text, from, to);
                    return true;
                }
            }
            case 14 -> {
                if (is(text, name, name + nameLength, "content-length")) {
                    contentLength(text, from, to);
                    return true;
                }
            }
            case 17 -> {
                if (is(text, name, name + nameLength, "transfer-encoding")) {
                    transferEncoding(text, from, to);
                    return true;
                }
            }
            default -> {}
        }
        return false;
    }

    private static boolean is(byte[] text, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            byte b = text[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** A list of options, the last of those that count deciding. */
    private void connection(byte[] text, int from, int to) {
        for (int at = from; at < to; ) {
            int end = end(text, at, to);
            int first = skipBlanks(text, at, end);
            int last = trim(text, first, end);
            if (is(text, first, last, "close")) {
                keepAlive = false;
            } else if (is(text, first, last, "keep-alive")) {
                keepAlive = true;
            }
            at = end + 1;
        }
    }

    private static int end(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != ',') {
            at++;
        }
        return at;
    }

    private static int skipBlanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isBlank(text[at])) {
            at++;
        }
        return at;
    }

    private static int trim(byte[] text, int from, int to) {
        int at = to;
        while (at > from && isBlank(text[at - 1])) {
            at--;
        }
        return at;
    }

    /** Only where the last coding is {@code chunked} does the answer say where it ends. */
    private void transferEncoding(byte[] text, int from, int to) {
        if (chunked) {
            state = State.NONSENSE; // chunked must be the last coding, and once
            return;
        }
        coded = true;
        for (int at = from; at < to; ) {
            int end = end(text, at, to);
            int first = skipBlanks(text, at, end);
            if (chunked) {
                state = State.NONSENSE;
            }
            chunked = is(text, first, trim(text, first, end), "chunked");
            at = end + 1;
        }
    }

    private void contentLength(byte[] text, int from, int to) {
        long value = 0;
        boolean good = from < to && to - from <= LENGTH_DIGITS;
        for (int at = from; good && at < to; at++) {
            int digit = text[at] - '0';
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
        if (status < 200) {
            interimOver = true;
            return;
        }
        hasHead = true;
        if (toHead || status == 204 || status == 304) {
            state = State.COMPLETE;
        } else if (coded) {
            keepAlive &= chunked && !sized && !old;
            beginChunks();
        } else if (sized) {
            state = remaining == 0 ? State.COMPLETE : State.LENGTH;
        } else {
            untilClose();
        }
    }

    private void beginChunks() {
        if (chunked) {
            beginChunk();
        } else {
            untilClose();
        }
    }

    private void untilClose() {
        keepAlive = false;
        state = State.UNTIL_CLOSE;
    }

    private void data(ByteBuf bytes, Exchange exchange) {
        int taken = (int) Math.min(remaining, bytes.readableBytes());
        body(bytes, taken, exchange);
        remaining -= taken;
        if (remaining == 0) {
            state = state == State.LENGTH ? State.COMPLETE : State.CHUNK_END;
        }
    }

    private void body(ByteBuf bytes, int size, Exchange exchange) {
        exchange.content(bytes, size);
        bytes.skipBytes(size);
        bodyBytes += size;
    }

    private void beginChunk() {
        state = State.CHUNK_SIZE;
        remaining = 0;
        digits = 0;
        lineLength = 0;
    }

    private void chunkSize(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && remaining < CHUNK_MAX && digits < CHUNK_LINE_MAX) {
            remaining = remaining * 16 + digit;
            digits++;
        } else if (digits > 0 && (b == '\r' || b == ';' || b == ' ' || b == '\t' || b == '\n')) {
            state = State.CHUNK_EXTENSION;
            extension(b);
        } else {
            state = State.NONSENSE;
        }
    }

    /** What a chunk says beyond its size is nothing to us, but it may not go on for ever. */
    private void extension(byte b) {
        if (b == '\n') {
            state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
            lineLength = 0;
        } else if (++lineLength > CHUNK_LINE_MAX) {
            state = State.NONSENSE;
        }
    }

    private void chunkEnd(byte b) {
        if (b == '\r') {
            state = State.CHUNK_END_LINE;
        } else {
            chunkEndLine(b);
        }
    }

    private void chunkEndLine(byte b) {
        if (b == '\n') {
            beginChunk();
        } else {
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

    private static boolean[] token() {
        var token = new boolean[128];
        for (char c = '0'; c <= 'z'; c++) {
            token[c] = Character.isLetterOrDigit(c);
        }
        "!#$%&'*+-.^_`|~".chars().forEach(c -> token[c] = true);
        return token;
    }
}
