package io.bascule.embedded.frontdoor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a side; belongs to one exchange at a time, or to the pool. Used on its own loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failed write closes the connection, which is noticed here
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private long idleSinceNanos;
    private boolean reused;

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

    boolean isOpen() {
        return context().channel().isActive();
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    boolean wasReused() {
        return reused;
    }

    void reused() {
        reused = true;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleFrom(long now) {
        idleSinceNanos = now;
    }

    void attach(Exchange to) {
        exchange = to;
    }

    void detach() {
        exchange = null;
        context().channel().config().setAutoRead(true);
    }

    void write(HttpObject message) {
        context().write(message);
    }

    void flush() {
        context().flush();
    }

    /** Whether to read on; off while the client is slow. */
    void reading(boolean on) {
        context().channel().config().setAutoRead(on);
    }

    void close() {
        exchange = null;
        context().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        if (exchange != null && message instanceof HttpObject part) {
            exchange.upstreamRead(part);
        } else {
            ReferenceCountUtil.release(message);
            at.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext at) {
        if (exchange != null) {
            exchange.upstreamReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        if (exchange != null && isWritable()) {
            exchange.upstreamWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        Exchange had = exchange;
        exchange = null;
        if (had != null) {
            had.upstreamFailed(Failure.BROKEN);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        at.close();
    }
}
