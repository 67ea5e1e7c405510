package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request on its way, from its arrival to its end. Belongs to one event loop. */
final class Exchange {

    /** How far it has come. */
    enum Phase {
        WAITING,
        RESOLVING,
        CONNECTING,
        SENT,
        ANSWERING,
        DONE
    }

    final long arrival;
    final long intendedNanos;
    final LoadRequest request;

    private final boolean keepBody;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private long bodyBytes;
    private Phase phase = Phase.WAITING;
    private long deadlineNanos;
    private @Nullable Long sentNanos;
    private @Nullable Connection connection;
    private @Nullable HttpResponse head;

    Exchange(long arrival, long intendedNanos, LoadRequest request, boolean keepBody) {
        this.arrival = arrival;
        this.intendedNanos = intendedNanos;
        this.request = request;
        this.keepBody = keepBody;
    }

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
    }

    boolean done() {
        return phase == Phase.DONE;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void deadline(long nanos) {
        deadlineNanos = nanos;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    @Nullable
    HttpResponse head() {
        return head;
    }

    void sent(Connection over, long now) {
        connection = over;
        sentNanos = now;
        phase = Phase.SENT;
    }

    void head(HttpResponse response) {
        head = response;
        phase = Phase.ANSWERING;
    }

    void content(ByteBuf content) {
        int size = content.readableBytes();
        bodyBytes += size;
        int kept = keepBody ? Math.min(size, LoadResponse.BODY_BYTES_MAX - body.size()) : 0;
        if (kept > 0) {
            try {
                content.getBytes(content.readerIndex(), body, kept);
            } catch (IOException e) {
                throw new IllegalStateException("memory cannot fail to be written", e);
            }
        }
    }

    /** How it ended, at {@code endNanos}. */
    LoadResponse response(RunStart start, @Nullable ErrorKind error, long endNanos) {
        HttpResponse answer = head;
        Long service = sentNanos == null ? null : endNanos - sentNanos;
        return new LoadResponse(
                arrival,
                request,
                answer == null ? null : answer.status().code(),
                error,
                answer == null ? ResponseHeaders.NONE : new ResponseHeaders(answer.headers()),
                ByteBuffer.wrap(body.toByteArray()).asReadOnlyBuffer(),
                bodyBytes,
                start.at(intendedNanos),
                endNanos - intendedNanos,
                service,
                answer == null || service == null ? null : parked(answer, service));
    }

    /** What the header says, at most the service time: more cannot have been spent there. Null where it says nothing. */
    private static @Nullable Duration parked(HttpResponse answer, long serviceNanos) {
        String value = answer.headers().get(LoadResponse.PARKED_HEADER);
        if (value == null) {
            return null;
        }
        try {
            double millis = Double.parseDouble(value);
            return millis > 0 ? Duration.ofNanos(Math.min((long) (millis * 1_000_000), serviceNanos)) : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /** What it means that the time is up now. */
    ErrorKind timeOutKind() {
        return switch (phase) {
            case WAITING -> ErrorKind.CLIENT_QUEUE_TIMEOUT;
            case RESOLVING -> ErrorKind.DNS;
            case CONNECTING -> ErrorKind.CONNECT_TIMEOUT;
            case SENT -> ErrorKind.HEADER_TIMEOUT;
            case ANSWERING -> ErrorKind.BODY_TIMEOUT;
            case DONE -> throw new IllegalStateException("arrival " + arrival + " is done");
        };
    }

    FullHttpRequest toHttp(String authority) {
        ByteBuffer content = request.body();
        var http = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.method()),
                request.path(),
                Unpooled.wrappedBuffer(content));
        http.headers().set(HttpHeaderNames.HOST, authority).set(HttpHeaderNames.USER_AGENT, "bascule-load");
        request.headers().forEach(http.headers()::set);
        if (content.hasRemaining() || request.method().startsWith("P")) {
            http.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.remaining());
        }
        return http;
    }
}
