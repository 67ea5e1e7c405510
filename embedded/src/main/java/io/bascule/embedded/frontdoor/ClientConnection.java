package io.bascule.embedded.frontdoor;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests one after the other. Nothing is read unless asked for (a flow-control handler in front gives
 * one message per read), so a client that sends faster than a side takes waits in its own socket. While a parked or
 * sent request is answered one read stays asked for: the only way to learn that the client has gone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failed write closes the connection, which is noticed here
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(75);

    private final Door door;
    private final Loop loop;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private long idleSinceNanos = System.nanoTime();
    private boolean closing;
    private boolean reading;
    private boolean wanted;
    private boolean asked;

    ClientConnection(Door door, Loop loop) {
        this.door = door;
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    @Override
    public void channelActive(ChannelHandlerContext at) {
        loop.clients().add(this);
        if (door.meter().clients().incrementAndGet() > door.config().clientsAtMost()) {
            at.close();
            return;
        }
        readMore();
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        closing = true;
        loop.clients().remove(this);
        door.meter().clients().decrementAndGet();
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        Exchange had = exchange;
        exchange = null;
        if (had != null) {
            had.clientGone();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        asked = false;
        if (reading) {
            dispatch(message);
        } else {
            reading = true;
            dispatch(message);
            drain();
            reading = false;
        }
    }

    /** The handler in front forgets a read that was asked for while it was handing out what it had read before. */
    @Override
    public void channelReadComplete(ChannelHandlerContext at) {
        if (asked) {
            at.read();
        }
    }

    /** Reads while more is wanted; a loop, because a body of tiny chunks would make a deep recursion. */
    private void drain() {
        while (wanted && !closing) {
            wanted = false;
            Object next = ahead.pollFirst();
            if (next != null) {
                dispatch(next);
            } else {
                ask();
            }
        }
    }

    private void dispatch(Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (exchange != null && !exchange.requestRead() && message instanceof HttpContent content) {
            exchange.requestContent(content);
        } else if (exchange != null) {
            ahead.addLast(message);
        } else if (message instanceof HttpRequest request) {
            begin(request);
        } else {
            ReferenceCountUtil.release(message); // the rest of a request that was answered early
            wanted = true;
        }
    }

    private void begin(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            ReferenceCountUtil.release(request);
            answer(Replies.plain(HttpResponseStatus.BAD_REQUEST, "not a request"), false);
            return;
        }
        if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
            answer(Replies.plain(HttpResponseStatus.METHOD_NOT_ALLOWED, "not here"), false);
            return;
        }
        exchange = new Exchange(door, loop, this, request);
        exchange.start();
    }

    /** The request is answered to the last byte. */
    void finished(boolean keepAlive) {
        exchange = null;
        idleSinceNanos = System.nanoTime();
        if (keepAlive) {
            context().flush();
            readMore();
        } else {
            closeAfterFlush();
        }
    }

    /** Asks for one more message. */
    void readMore() {
        wanted = true;
        if (!reading) {
            reading = true;
            drain();
            reading = false;
        }
    }

    /** Asks for one message without needing it, to learn whether the client is still there. */
    void watch() {
        if (ahead.isEmpty()) {
            ask();
        }
    }

    /** One read at a time: the handler in front counts them, and each is answered by one message. */
    private void ask() {
        if (!asked) {
            asked = true;
            context().read();
        }
    }

    void write(HttpObject message) {
        context().write(message);
    }

    void flush() {
        context().flush();
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    String address() {
        return context().channel().remoteAddress() instanceof InetSocketAddress from
                ? from.getAddress().getHostAddress()
                : "unknown";
    }

    /** Writes an answer of the door's own. */
    void answer(FullHttpResponse reply, boolean keepAlive) {
        HttpUtil.setKeepAlive(reply, keepAlive);
        context().writeAndFlush(reply);
        if (!keepAlive) {
            closeAfterFlush();
        }
    }

    private void closeAfterFlush() {
        closing = true;
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Breaks off, so that the client sees that something is missing. */
    void abort() {
        closing = true;
        context().close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        if (exchange != null && isWritable()) {
            exchange.clientWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        at.close();
    }

    void check(long now) {
        if (exchange != null) {
            exchange.check(now);
        } else if (now - idleSinceNanos > BETWEEN_REQUESTS.toNanos()) {
            context().close();
        }
    }
}
