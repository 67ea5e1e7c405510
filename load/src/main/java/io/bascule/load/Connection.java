package io.bascule.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An open connection and the one request on it, if any. Ends each request exactly once. */
final class Connection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final Connections pool;
    private final LoadLoop loop;
    private @Nullable Exchange current;
    private @Nullable ChannelFuture written;
    private boolean interim;
    private long idleSinceNanos;

    Connection(Channel channel, Connections pool, LoadLoop loop) {
        this.channel = channel;
        this.pool = pool;
        this.loop = loop;
    }

    boolean usable() {
        return channel.isActive();
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long now) {
        idleSinceNanos = now;
    }

    void send(Exchange exchange) {
        current = exchange;
        exchange.sent(this, System.nanoTime());
        written = channel.writeAndFlush(exchange.toHttp(loop.authority()));
        var _ = written.addListener(write -> {
            if (!write.isSuccess() && current == exchange) {
                notWritten(write.cause());
            }
        });
    }

    /** Closes the connection; whatever was on it has been dealt with. */
    void close() {
        current = null;
        var _ = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject object) {
                loop.guarded(() -> read(object));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.guarded(() -> {
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
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                default -> throw new IllegalStateException(cause);
            }
        });
    }

    private void read(HttpObject object) {
        Exchange exchange = current;
        if (exchange == null) {
            close();
            return;
        }
        if (object.decoderResult().isFailure()) {
            end(kindOf(object.decoderResult()));
            return;
        }
        if (object instanceof HttpResponse response && !head(exchange, response)) {
            return;
        }
        if (object instanceof HttpContent content) {
            content(exchange, content);
        }
    }

    /** Whether to look at the object's content, too: not where the head ended the exchange. */
    private boolean head(Exchange exchange, HttpResponse response) {
        if (response.status().code() == 101) {
            end(ErrorKind.PROTOCOL);
            return false;
        }
        interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!interim) {
            exchange.head(response);
        }
        return true;
    }

    private void content(Exchange exchange, HttpContent content) {
        if (!interim) {
            exchange.content(content.content());
            if (content instanceof LastHttpContent) {
                answered(exchange);
            }
        }
    }

    private void answered(Exchange exchange) {
        HttpResponse head = exchange.head();
        boolean reusable = head != null
                && HttpUtil.isKeepAlive(head)
                && written != null
                && written.isSuccess()
                && channel.isActive();
        current = null;
        loop.answered(exchange);
        if (reusable) {
            pool.released(this);
        } else {
            close();
        }
    }

    private void end(ErrorKind kind) {
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

    private static ErrorKind kindOf(DecoderResult failure) {
        return failure.cause() instanceof PrematureChannelClosureException
                ? ErrorKind.PREMATURE_CLOSE
                : ErrorKind.PROTOCOL;
    }
}
