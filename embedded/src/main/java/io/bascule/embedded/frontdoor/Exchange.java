package io.bascule.embedded.frontdoor;

import io.bascule.embedded.frontdoor.DoorState.Go;
import io.bascule.embedded.frontdoor.DoorState.Park;
import io.bascule.embedded.frontdoor.DoorState.Turn;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to the last byte of its answer.
 *
 * <pre>
 * read:   CONNECTING → SENT → ANSWERING → OVER
 * write:  GATHERING → (PARKED →) CONNECTING → SENT → ANSWERING → OVER,  SENT → PARKED when the fence refused it
 * </pre>
 *
 * A write's body is gathered (up to the bound) before the write is routed; a longer rest stays with the client and is
 * streamed once the write goes. A write is sent again only when the application itself said that the fence refused it.
 * A write whose client goes away is not sent when it is parked, and is followed to its answer when it was sent. Used on
 * its client's loop only, but for {@link #letGo} and {@link #turn}.
 */
final class Exchange implements DoorState.Parkable {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration ANY_AGE = Duration.ofSeconds(15);

    private enum Stage {
        GATHERING,
        PARKED,
        CONNECTING,
        SENT,
        ANSWERING,
        OVER
    }

    private final Door door;
    private final Loop loop;
    private final ClientConnection client;
    private final HttpRequest request;
    private final String cookie;
    private final boolean write;
    private final boolean head;
    private final boolean keepAlive;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);

    private Stage stage = Stage.GATHERING;
    private boolean requestRead;
    private boolean whole;
    private boolean streamed;
    private boolean expectsContinue;
    private boolean gone;
    private boolean letGo;
    private boolean again;
    private boolean skipping;
    private boolean refused;
    private @Nullable Go go;
    private @Nullable UpstreamConnection upstream;
    private boolean sideKeepsAlive;
    private int status;
    private boolean waited;
    private long parkedNanos;
    private long parkedAtNanos;
    private long startNanos;
    private long movedNanos = System.nanoTime();
    private long pausedAtNanos;
    private long pausedNanos;
    private boolean paused;
    private boolean clientStays;

    Exchange(Door door, Loop loop, ClientConnection client, HttpRequest request) {
        this.door = door;
        this.loop = loop;
        this.client = client;
        this.request = request;
        this.cookie = door.config().sticky() ? Headers.sessionCookie(request) : "";
        this.write = door.config().writeMethods().contains(request.method().name());
        this.head = request.method().equals(HttpMethod.HEAD);
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.expectsContinue = HttpUtil.is100ContinueExpected(request);
    }

    void start() {
        if (write) {
            readBody();
        } else {
            forward(door.state().routeRead(cookie));
        }
    }

    // --- the request ---

    boolean requestRead() {
        return requestRead;
    }

    private void readBody() {
        if (expectsContinue) {
            expectsContinue = false;
            client.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            client.flush();
        }
        client.readMore();
    }

    void requestContent(HttpContent content) {
        movedNanos = System.nanoTime();
        if (content.decoderResult().isFailure()) {
            content.release();
            client.abort();
            return;
        }
        requestRead = content instanceof LastHttpContent;
        switch (stage) {
            case GATHERING -> gather(content);
            case SENT, ANSWERING -> stream(content);
            case PARKED, CONNECTING, OVER -> content.release();
        }
    }

    private void gather(HttpContent content) {
        try {
            content.content().readBytes(gathered, content.content().readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory: cannot happen
        } finally {
            content.release();
        }
        whole = requestRead;
        if (requestRead || gathered.size() > door.config().bodyBytesMax()) {
            decide();
        } else {
            client.readMore();
        }
    }

    private void decide() {
        switch (door.state().routeWrite(this)) {
            case Go there -> forward(there);
            case Park _ -> waiting();
            case Turn away -> turned(away);
        }
    }

    private void waiting() {
        stage = Stage.PARKED;
        parkedAtNanos = System.nanoTime();
        if (requestRead) {
            client.watch();
        }
    }

    @Override
    public String sessionCookie() {
        return cookie;
    }

    @Override
    public void letGo(Go there) {
        loop.eventLoop().execute(() -> {
            letGo = true;
            if (stage != Stage.PARKED || gone) {
                door.meter().abandoned().incrementAndGet();
                door.state().answered(true);
                return;
            }
            waited = true;
            parkedNanos += System.nanoTime() - parkedAtNanos;
            forward(there);
        });
    }

    @Override
    public void turn(Turn away) {
        loop.eventLoop().execute(() -> {
            if (stage == Stage.PARKED && !gone) {
                turned(away);
            }
        });
    }

    private void turned(Turn away) {
        stage = Stage.OVER;
        Failure failure = away.kind().equals(Failure.REJECTED.word()) ? Failure.REJECTED : Failure.PARKING_FULL;
        door.meter().of(away.side()).record(bucket -> {
            bucket.addUnsent(write);
            bucket.addFailure(failure);
        });
        reply(
                Replies.comeAgain(away.kind(), "writes are held back for a moment"),
                away.side().word());
    }

    private void reply(FullHttpResponse reply, String side) {
        reply.headers().set(Headers.SIDE, side);
        boolean stays = keepAlive && (requestRead || hasNoBody());
        HttpUtil.setKeepAlive(reply, stays);
        client.write(reply);
        client.finished(stays);
    }

    private boolean hasNoBody() {
        return !HttpUtil.isTransferEncodingChunked(request) && HttpUtil.getContentLength(request, 0L) == 0;
    }

    // --- to the side ---

    private void forward(Go there) {
        go = there;
        stage = Stage.CONNECTING;
        startNanos = System.nanoTime();
        door.meter().of(there.side()).sent();
        loop.pool(there.side()).acquire(again ? Duration.ZERO : write ? FRESH : ANY_AGE, this::connected, cause -> {
            if (stage == Stage.CONNECTING) {
                upstreamFailed(
                        cause instanceof ConnectTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT_REFUSED);
            }
        });
    }

    private void connected(UpstreamConnection connection) {
        if (gone) {
            loop.pool(go().side()).release(connection);
            if (letGo) {
                door.meter().abandoned().incrementAndGet();
            }
            over(false);
            return;
        }
        upstream = connection;
        connection.attach(this);
        stage = Stage.SENT;
        movedNanos = System.nanoTime();
        connection.write(new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.uri(),
                Headers.forSide(request, client.address(), whole ? gathered.size() : -1)));
        ByteBuf body = Unpooled.wrappedBuffer(gathered.toByteArray());
        if (whole || requestRead) {
            connection.write(new DefaultLastHttpContent(body));
            connection.flush();
            client.watch();
        } else {
            connection.write(new DefaultHttpContent(body));
            connection.flush();
            readBody();
        }
    }

    private void stream(HttpContent content) {
        UpstreamConnection to = upstream;
        if (to == null) {
            content.release();
            return;
        }
        streamed |= content.content().isReadable();
        if (requestRead) {
            to.write(new DefaultLastHttpContent(content.content()));
            to.flush();
            client.watch();
            return;
        }
        to.write(content);
        to.flush();
        if (to.isWritable()) {
            client.readMore();
        }
    }

    void upstreamWritable() {
        if (!requestRead && (stage == Stage.SENT || stage == Stage.ANSWERING)) {
            client.readMore();
        }
    }

    // --- the answer ---

    void upstreamRead(HttpObject part) {
        movedNanos = System.nanoTime();
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(part);
            upstreamFailed(Failure.PROTOCOL);
            return;
        }
        if (part instanceof HttpResponse response) {
            answerHead(response);
        }
        if (part instanceof HttpContent content) {
            answerContent(content);
        }
    }

    private void answerHead(HttpResponse response) {
        status = response.status().code();
        if (status == 101) {
            upstreamFailed(Failure.PROTOCOL);
            return;
        }
        skipping = status < 200;
        if (skipping) {
            return;
        }
        sideKeepsAlive = HttpUtil.isKeepAlive(response);
        refused = whole
                && status == 503
                && "true".equals(response.headers().get(Headers.FENCED))
                && door.state().mayParkAgain();
        stage = Stage.ANSWERING;
        if (!refused && !gone) {
            client.write(clientHead(response));
        }
    }

    private HttpResponse clientHead(HttpResponse from) {
        HttpResponse out = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, from.status(), Headers.forClient(from, request.protocolVersion(), head));
        out.headers().set(Headers.SIDE, go().side().word());
        if (waited) {
            out.headers().set(Headers.PARKED, TimeUnit.NANOSECONDS.toMillis(parkedNanos));
        }
        if (!go().cookie().isEmpty()) {
            DefaultCookie session = new DefaultCookie(Sessions.COOKIE, go().cookie());
            session.setPath("/");
            session.setHttpOnly(true);
            out.headers().add(HttpHeaderNames.SET_COOKIE, ServerCookieEncoder.STRICT.encode(session));
        }
        HttpUtil.setKeepAlive(out.headers(), request.protocolVersion(), staysOpen(out));
        return out;
    }

    private boolean staysOpen(HttpResponse out) {
        boolean framed = out.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || HttpUtil.isTransferEncodingChunked(out)
                || head
                || !Headers.hasBody(out);
        clientStays = keepAlive && framed && requestRead;
        return clientStays;
    }

    private void answerContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (skipping || refused || gone || stage != Stage.ANSWERING) {
            content.release();
        } else if (last) {
            client.write(new DefaultLastHttpContent(content.content()));
        } else {
            client.write(content);
        }
        if (last && !skipping && stage == Stage.ANSWERING) {
            answered();
        } else if (!gone && !client.isWritable() && !paused && stage == Stage.ANSWERING) {
            pause();
        }
    }

    void upstreamReadComplete() {
        if (!gone && stage == Stage.ANSWERING) {
            client.flush();
        }
    }

    private void pause() {
        client.flush();
        if (!client.isWritable() && upstream != null) {
            paused = true;
            pausedAtNanos = System.nanoTime();
            upstream.reading(false);
        }
    }

    void clientWritable() {
        if (paused && upstream != null) {
            paused = false;
            pausedNanos += System.nanoTime() - pausedAtNanos;
            movedNanos = System.nanoTime();
            upstream.reading(true);
        }
    }

    private void answered() {
        UpstreamConnection from = upstream;
        upstream = null;
        if (from != null) {
            from.detach();
            if (sideKeepsAlive && requestRead && from.isOpen()) {
                loop.pool(go().side()).release(from);
            } else {
                from.close();
            }
        }
        if (refused && !gone) {
            parkAgain();
            return;
        }
        record(status >= 500 ? Failure.STATUS_5XX : null);
        over(clientStays);
    }

    private void parkAgain() {
        boolean had = letGo;
        refused = false;
        letGo = false;
        door.meter().of(go().side()).over();
        stage = Stage.PARKED;
        parkedAtNanos = System.nanoTime();
        door.state().parkAgain(this, had);
    }

    // --- trouble ---

    void upstreamFailed(Failure failure) {
        UpstreamConnection from = upstream;
        upstream = null;
        boolean stale = from != null && from.wasReused();
        if (from != null) {
            from.close();
        }
        if (stage == Stage.SENT && stale && mayAskAgain(failure)) {
            again = true;
            door.meter().of(go().side()).over();
            forward(go());
            return;
        }
        if (refused && stage == Stage.ANSWERING && !gone) {
            parkAgain();
            return;
        }
        boolean begun = stage == Stage.ANSWERING;
        record(begun ? Failure.TRUNCATED : failure);
        if (gone) {
            over(false);
        } else if (begun) {
            over(false, true);
        } else {
            leave();
            reply(Replies.failed(failure), go().side().word());
        }
    }

    /** A read on a kept connection that the side was just closing; never a write, it may have been taken. */
    private boolean mayAskAgain(Failure failure) {
        return failure == Failure.BROKEN && !write && !streamed && requestRead && !again && !gone;
    }

    void clientGone() {
        gone = true;
        switch (stage) {
            case GATHERING -> stage = Stage.OVER;
            case PARKED -> {
                if (door.state().unpark(this)) {
                    door.meter().abandoned().incrementAndGet();
                    stage = Stage.OVER;
                }
            }
            case CONNECTING, OVER -> {}
            case SENT, ANSWERING -> {
                if (write && requestRead && upstream != null) {
                    paused = false;
                    upstream.reading(true);
                    loop.followed().add(this);
                } else {
                    breakOff();
                }
            }
        }
    }

    private void breakOff() {
        if (upstream != null) {
            upstream.close();
            upstream = null;
        }
        record(null);
        over(false);
    }

    void check(long now) {
        FrontDoorConfig.TimeOuts limits = door.config().timeOuts();
        long still = now - movedNanos;
        switch (stage) {
            case GATHERING -> {
                if (still > limits.idle().toNanos()) {
                    client.abort();
                }
            }
            case SENT -> {
                if (requestRead && still > limits.answer().toNanos()) {
                    upstreamFailed(Failure.ANSWER_TIMEOUT);
                } else if (!requestRead && still > limits.idle().toNanos()) {
                    client.abort();
                }
            }
            case ANSWERING -> {
                if (paused && now - pausedAtNanos > limits.idle().toNanos()) {
                    client.abort();
                } else if (!paused && still > limits.idle().toNanos()) {
                    upstreamFailed(Failure.TRUNCATED);
                }
            }
            case PARKED, CONNECTING, OVER -> {}
        }
    }

    // --- the end ---

    private void record(@Nullable Failure failure) {
        long took = System.nanoTime() - startNanos - pausedNanos;
        door.meter().of(go().side()).record(bucket -> {
            bucket.add(TimeUnit.NANOSECONDS.toMicros(took), write);
            if (failure != null) {
                bucket.addFailure(failure);
            }
            if (waited) {
                bucket.addPause(TimeUnit.NANOSECONDS.toMillis(parkedNanos));
            }
        });
    }

    private void over(boolean clientStaysOpen) {
        over(clientStaysOpen, false);
    }

    private void over(boolean clientStaysOpen, boolean breakOff) {
        leave();
        if (gone) {
            return;
        }
        if (breakOff) {
            client.abort();
        } else {
            client.finished(clientStaysOpen);
        }
    }

    private void leave() {
        stage = Stage.OVER;
        loop.followed().remove(this);
        door.meter().of(go().side()).over();
        if (write) {
            door.state().answered(letGo);
        }
    }

    private Go go() {
        if (go == null) {
            throw new IllegalStateException("not routed yet");
        }
        return go;
    }
}
