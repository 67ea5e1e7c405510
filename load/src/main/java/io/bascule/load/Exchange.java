package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
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

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    final long arrival;
    final long intendedNanos;
    final LoadRequest request;

    /** Whether it is what the schedule wanted, and not what followed from it. */
    final boolean arrives;

    /** Where redirects have led so far. */
    final Set<String> visited;

    // its place among those under way, for UnderWay alone
    UnderWay.@Nullable Line line;

    @Nullable
    Exchange before;

    @Nullable
    Exchange after;

    private final boolean keepBody;
    private @Nullable ByteArrayOutputStream body;
    private long bodyBytes;
    private Phase phase = Phase.WAITING;
    private long deadlineNanos;
    private long sentNanos;
    private @Nullable Connection connection;
    private int status;
    private @Nullable HttpHeaders headers;

    Exchange(
            long arrival,
            long intendedNanos,
            LoadRequest request,
            boolean keepBody,
            boolean arrives,
            Set<String> visited) {
        this.arrival = arrival;
        this.intendedNanos = intendedNanos;
        this.request = request;
        this.keepBody = keepBody;
        this.arrives = arrives;
        this.visited = visited;
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

    /** 0 if no response head came. */
    int status() {
        return status;
    }

    @Nullable
    HttpHeaders headers() {
        return headers;
    }

    void sent(Connection over, long now) {
        connection = over;
        sentNanos = now;
        phase = Phase.SENT;
    }

    void head(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
        phase = Phase.ANSWERING;
    }

    /** Takes in a piece of the body; answers its size so far. */
    long content(ByteBuf content) {
        int size = content.readableBytes();
        bodyBytes += size;
        if (keepBody && size > 0) {
            keep(content, size);
        }
        return bodyBytes;
    }

    private void keep(ByteBuf content, int size) {
        ByteArrayOutputStream kept = body == null ? new ByteArrayOutputStream(size) : body;
        body = kept;
        int room = Math.min(size, LoadResponse.BODY_BYTES_MAX - kept.size());
        try {
            content.getBytes(content.readerIndex(), kept, room);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
    }

    /** From the write to {@code endNanos}; negative if it was never written. */
    long serviceNanos(long endNanos) {
        return connection == null ? -1 : endNanos - sentNanos;
    }

    /** How long the front door says that it held the request back, at most the service time; negative if it did not. */
    long parkedNanos(long endNanos) {
        String value = headers == null ? null : headers.get(LoadResponse.PARKED_HEADER);
        if (value == null || connection == null) {
            return -1;
        }
        try {
            double millis = Double.parseDouble(value);
            return millis > 0 ? Math.min((long) (millis * 1_000_000), serviceNanos(endNanos)) : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** How it ended, at {@code endNanos}. */
    LoadResponse response(RunStart start, @Nullable ErrorKind error, long endNanos) {
        long service = serviceNanos(endNanos);
        long parked = parkedNanos(endNanos);
        return new LoadResponse(
                arrival,
                request,
                status == 0 ? null : status,
                error,
                headers == null ? ResponseHeaders.NONE : new ResponseHeaders(headers),
                body == null ? NOTHING : ByteBuffer.wrap(body.toByteArray()).asReadOnlyBuffer(),
                bodyBytes,
                start.at(intendedNanos),
                endNanos - intendedNanos,
                service < 0 ? null : service,
                parked < 0 ? null : Duration.ofNanos(parked));
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
}
