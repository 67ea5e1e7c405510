package io.bascule.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one request ended.
 *
 * @param arrival its number, from 0
 * @param request what was asked, with the caller's tag
 * @param status the HTTP status; null if no response head came
 * @param error why it failed; null for a success
 * @param headers the response's headers; empty if no response head came
 * @param body the first {@link #BODY_BYTES_MAX} bytes of the response's body, as far as they came
 * @param bodyBytes the size of the whole body as far as it came
 * @param intended when the request should have started, by the wall clock
 * @param responseNanos from the intended start to the end, time parked included
 * @param serviceNanos from the write to the end, time parked included; null if it was never written
 * @param parked how long the front door says that it held this request back; null if it did not
 */
public record LoadResponse(
        long arrival,
        LoadRequest request,
        @Nullable Integer status,
        @Nullable ErrorKind error,
        ResponseHeaders headers,
        ByteBuffer body,
        long bodyBytes,
        Instant intended,
        long responseNanos,
        @Nullable Long serviceNanos,
        @Nullable Duration parked) {

    /** The response header by which a front door says for how many milliseconds it parked a write. */
    public static final String PARKED_HEADER = "X-Bascule-Parked";

    /** How much of a body is kept. */
    public static final int BODY_BYTES_MAX = 65_536;

    /** The body, at a position of its own. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** The kept part of the body, read as UTF-8. */
    public String bodyText() {
        return StandardCharsets.UTF_8.decode(body()).toString();
    }

    /** Whether it failed. */
    public boolean failed() {
        return error != null;
    }

    /** Whether the whole answer came, whatever it says. */
    public boolean bodyComplete() {
        return status != null
                && (error == null
                        || error == ErrorKind.HTTP_4XX
                        || error == ErrorKind.HTTP_5XX
                        || error == ErrorKind.REDIRECT
                        || error == ErrorKind.REDIRECT_LOOP
                        || error == ErrorKind.CHECK_FAILED);
    }

    /** The caller's tag, as given with the request. */
    public @Nullable Object tag() {
        return request.tag();
    }

    /** What counts as latency: the response time without the time parked, which is the write pause. */
    public long latencyNanos() {
        return responseNanos - parkedNanos();
    }

    long parkedNanos() {
        return parked == null ? 0 : parked.toNanos();
    }

    /** The same, failed if its request's check refuses it. */
    LoadResponse checked() {
        ResponseCheck check = request.check();
        boolean refused = check != null && !failed() && !check.passes(this);
        return refused ? failedBy(ErrorKind.CHECK_FAILED) : this;
    }

    private LoadResponse failedBy(ErrorKind kind) {
        return new LoadResponse(
                arrival,
                request,
                status,
                kind,
                headers,
                body,
                bodyBytes,
                intended,
                responseNanos,
                serviceNanos,
                parked);
    }
}
