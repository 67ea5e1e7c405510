package io.bascule.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of HTTP/1.1 as they go onto the wire. The lines that stay the same from one to the next are encoded once: that is
 * all but the first line and the length, as long as the headers are the same object. For one event loop.
 */
final class RequestBytes {

    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] LINE = ascii("\r\n");

    private final String authority;
    private @Nullable Map<String, String> lastHeaders;
    private byte[] lastLines = LINE;

    RequestBytes(String authority) {
        this.authority = authority;
    }

    /**
     * Appends the head of the request, without its body, which is to follow. Throws {@link IllegalArgumentException} for a
     * header that would be something else on the wire.
     */
    void head(LoadRequest request, ByteBuf out) {
        out.ensureWritable(request.method().length() + request.path().length() + 64);
        put(request.method(), out);
        out.writeByte(' ');
        put(request.path(), out);
        out.writeBytes(VERSION).writeBytes(lines(request.headers()));
        if (request.tellsLength()) {
            out.writeBytes(LENGTH);
            put(Integer.toString(request.bodyBytes()), out);
            out.writeBytes(LINE);
        }
        out.writeBytes(LINE);
    }

    /** The same object is meant: comparing would cost what encoding once saves. */
    @SuppressWarnings("ReferenceEquality")
    private byte[] lines(Map<String, String> headers) {
        if (headers != lastHeaders) {
            lastLines = ascii(encoded(headers));
            lastHeaders = headers;
        }
        return lastLines;
    }

    private String encoded(Map<String, String> headers) {
        var text = new StringBuilder();
        if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
            text.append("host: ").append(authority).append("\r\n");
        }
        if (headers.keySet().stream().noneMatch("user-agent"::equalsIgnoreCase)) {
            text.append("user-agent: bascule-load\r\n");
        }
        headers.forEach((name, value) -> {
            if (!isOurs(name)) {
                text.append(checkedName(name))
                        .append(": ")
                        .append(checkedValue(name, value))
                        .append("\r\n");
            }
        });
        return text.toString();
    }

    /** How long the body is, and how it is told, follows from the body. */
    private static boolean isOurs(String name) {
        return name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("transfer-encoding");
    }

    /** The name. Throws {@link IllegalArgumentException} where it is none. */
    static String checkedName(String name) {
        boolean token = !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
        if (!token) {
            throw new IllegalArgumentException("not a header's name: " + name);
        }
        return name;
    }

    /** The value. Throws {@link IllegalArgumentException} where it would not stay within its line. */
    static String checkedValue(String name, String value) {
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f))) {
            throw new IllegalArgumentException("the value of the header " + name + " has a control character");
        }
        return value;
    }

    /** Method, path and length were checked to be ASCII. */
    private static void put(String text, ByteBuf out) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
