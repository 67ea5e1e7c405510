package io.bascule.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An open connection and the one request on it, if any. Ends each request exactly once. */
abstract class Connection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final Connections pool;
    private final LoadLoop loop;
    private final long bornNanos = System.nanoTime();
    private @Nullable Exchange current;
    private @Nullable ChannelFuture written;
    private long idleSinceNanos;

    Connection(Channel channel, Connections pool, LoadLoop loop) {
        this.channel = channel;
        this.pool = pool;
        this.loop = loop;
    }

    /** Writes the request and flushes it. */
    abstract ChannelFuture write(Channel channel, Exchange exchange);

    final boolean usable() {
        return channel.isActive();
    }

    /** What the stream is on; null for a connection of its own. */
    final @Nullable Channel parent() {
        return channel instanceof Http2StreamChannel stream ? stream.parent() : null;
    }

    final long bornNanos() {
        return bornNanos;
    }

    final long idleSinceNanos() {
        return idleSinceNanos;
    }

    final void idleSince(long now) {
        idleSinceNanos = now;
    }

    final @Nullable Exchange current() {
        return current;
    }

    final LoadLoop loop() {
        return loop;
    }

    final void send(Exchange exchange, long now) {
        current = exchange;
        exchange.sent(this, now);
        ChannelFuture write = write(channel, exchange);
        written = write;
        if (!write.isSuccess()) {
            var _ = write.addListener(done -> {
                if (!done.isSuccess() && current == exchange) {
                    notWritten(done.cause());
                }
            });
        }
    }

    /** Closes the connection; whatever was on it has been dealt with. */
    final void close() {
        current = null;
        var _ = channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.guarded(() -> {
            closed();
            end(ErrorKind.PREMATURE_CLOSE);
            pool.lost(this);
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        loop.guarded(() -> {
            switch (cause) {
                case IOException _ -> end(ErrorKind.RESET);
                case CodecException _ -> end(ErrorKind.PROTOCOL);
                case Http2Exception _, Http2FrameStreamException _ -> end(ErrorKind.PROTOCOL);
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                default -> throw new IllegalStateException(cause);
            }
        });
    }

    /** The other side has closed; what that means for an answer whose end it marks. */
    void closed() {}

    /** A piece of the body has come; whether there may be more. */
    final boolean fits(long bodyBytes) {
        if (bodyBytes <= pool.bodyBytesMax()) {
            return true;
        }
        end(ErrorKind.BODY_TOO_LARGE);
        return false;
    }

    /** The answer is complete. */
    final void answered(boolean keepAlive) {
        Exchange exchange = current;
        boolean reusable = keepAlive && written != null && written.isSuccess() && channel.isActive();
        long now = System.nanoTime();
        current = null;
        if (exchange != null) {
            loop.answered(exchange, now);
        }
        if (reusable) {
            pool.released(this, now);
        } else {
            close();
        }
    }

    final void end(ErrorKind kind) {
        Exchange exchange = current;
        current = null;
        if (exchange != null) {
            loop.failed(exchange, kind);
        }
        close();
    }

    private void notWritten(@Nullable Throwable cause) {
        loop.guarded(() -> {
            if (cause instanceof IOException) {
                end(ErrorKind.WRITE);
            } else {
                throw new IllegalStateException("the request cannot be written", cause);
            }
        });
    }
}
