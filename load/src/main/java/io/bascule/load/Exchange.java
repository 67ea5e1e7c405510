package io.bascule.load;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
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
    private byte @Nullable [] body;
    private int keptBytes;
    private long bodyBytes;
    private Phase phase = Phase.WAITING;
    private long deadlineNanos;
    private long sentNanos;
    private @Nullable Connection connection;
    private int status;
    private @Nullable AnswerHead head;

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

    /** The first value under this name of the answer's headers; null if there is none. */
    @Nullable
    String header(String name) {
        return head == null ? null : head.first(name);
    }

    void sent(Connection over, long now) {
        connection = over;
        sentNanos = now;
        phase = Phase.SENT;
    }

    void head(AnswerHead answer) {
        status = answer.status();
        head = answer;
        phase = Phase.ANSWERING;
    }

    /** Takes in the next so many bytes of the body, which stay unread; answers its size so far. */
    long content(ByteBuf content, int size) {
        bodyBytes += size;
        if (keepBody && size > 0 && keptBytes < LoadResponse.BODY_BYTES_MAX) {
            keep(content, Math.min(size, LoadResponse.BODY_BYTES_MAX - keptBytes));
        }
        return bodyBytes;
    }

    private void keep(ByteBuf content, int size) {
        int needed = keptBytes + size;
        byte[] kept = body == null ? new byte[needed] : body;
        if (kept.length < needed) {
            kept = Arrays.copyOf(kept, Math.clamp(2L * needed, needed, LoadResponse.BODY_BYTES_MAX));
        }
        body = kept;
        content.getBytes(content.readerIndex(), kept, keptBytes, size);
        keptBytes = needed;
    }

    /** From the write to {@code endNanos}; negative if it was never written. */
    long serviceNanos(long endNanos) {
        return connection == null ? -1 : endNanos - sentNanos;
    }

    /** How long the front door says that it held the request back, at most the service time; negative if it did not. */
    long parkedNanos(long endNanos) {
        String value = header(LoadResponse.PARKED_HEADER);
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
                head == null ? ResponseHeaders.NONE : head.headers(),
                body == null
                        ? NOTHING
                        : ByteBuffer.wrap(body, 0, keptBytes).slice().asReadOnlyBuffer(),
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
