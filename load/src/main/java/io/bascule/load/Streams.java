package io.bascule.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's HTTP/2 connections. Each request is a stream; a connection carries up to 100, what most servers allow.
 * While one is being opened, requests wait for it: they would all go over it anyway.
 */
final class Streams {

    private static final int STREAMS_MAX = 100;
    private static final int REQUESTS_A_FLUSH = 64;

    private final Map<Channel, Integer> open = new HashMap<>();
    private final ArrayDeque<Exchange> awaiting = new ArrayDeque<>();
    private boolean connecting;

    /** What stands on the connection itself. */
    static void init(ChannelPipeline handlers) {
        handlers.addLast(
                new FlushConsolidationHandler(REQUESTS_A_FLUSH, true),
                Http2FrameCodecBuilder.forClient()
                        .initialSettings(Http2Settings.defaultSettings()
                                .pushEnabled(false)
                                .initialWindowSize(1 << 20))
                        .build(),
                new Http2MultiplexHandler(new Deaf()),
                new Deaf());
    }

    /** A connection with room for one more stream; null if there is none. */
    @Nullable
    Channel available() {
        open.keySet().removeIf(channel -> !channel.isActive());
        for (Map.Entry<Channel, Integer> each : open.entrySet()) {
            if (each.getValue() < STREAMS_MAX) {
                return each.getKey();
            }
        }
        return null;
    }

    /** Whether a connection is being opened; if not, the caller opens one. */
    boolean waits(Exchange exchange) {
        if (connecting) {
            awaiting.add(exchange);
            return true;
        }
        connecting = true;
        return false;
    }

    /** A connection is open: those that waited for it. */
    List<Exchange> opened(Channel channel) {
        open.put(channel, 0);
        return settled();
    }

    /** No connection came about: those that waited for it. */
    List<Exchange> settled() {
        connecting = false;
        var all = new ArrayList<>(awaiting);
        awaiting.clear();
        return all;
    }

    /** Opens a stream with a {@link StreamConnection} on it. */
    Future<Http2StreamChannel> stream(Channel channel, Connections pool, LoadLoop loop) {
        open.merge(channel, 1, Integer::sum);
        return new Http2StreamChannelBootstrap(channel)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new StreamConnection(stream, pool, loop));
                    }
                })
                .open();
    }

    /** A stream is closed. */
    void closed(Channel channel) {
        open.computeIfPresent(channel, (_, count) -> Math.max(0, count - 1));
    }

    /** Closes everything for good. */
    void close() {
        awaiting.clear();
        List.copyOf(open.keySet()).forEach(channel -> {
            var _ = channel.close();
        });
        open.clear();
    }

    /** Hears what concerns the connection as a whole, and what its streams learn anyway. */
    @ChannelHandler.Sharable
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
