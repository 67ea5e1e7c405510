package io.bascule.embedded.frontdoor;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Keep-alive connections of one event loop to one side. Used last is used first; idle for 15 s is closed. There are as
 * many as requests under way on this loop. Used on its own loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: closing is noticed by the handler
final class UpstreamPool {
    private static final Duration IDLE_MAX = Duration.ofSeconds(15);
    private static final int HEAD_BYTES_MAX = 64 * 1024;

    private final Bootstrap bootstrap;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

    UpstreamPool(EventLoop loop, URI base, FrontDoorConfig.TimeOuts timeOuts) {
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        timeOuts.connect().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(16 * 1024, HEAD_BYTES_MAX, 64 * 1024))
                                .addLast(new UpstreamConnection());
                    }
                });
    }

    /**
     * One idle for no longer than {@code idleMax}, at once, or a new one. Calls back exactly one of the two.
     *
     * @param idleMax short for a write: one that the side is just closing cannot be told from one that took the write
     */
    void acquire(Duration idleMax, Consumer<UpstreamConnection> connected, Consumer<Throwable> failed) {
        long since = System.nanoTime() - idleMax.toNanos();
        UpstreamConnection last = idle.peekLast();
        while (last != null) {
            if (last.isOpen() && last.idleSinceNanos() - since >= 0) {
                idle.removeLast();
                last.reused();
                connected.accept(last);
                return;
            }
            if (last.isOpen()) {
                break;
            }
            idle.removeLast();
            last = idle.peekLast();
        }
        bootstrap.connect().addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                connected.accept(done.channel().pipeline().get(UpstreamConnection.class));
            } else {
                failed.accept(done.cause());
            }
        });
    }

    void release(UpstreamConnection connection) {
        connection.idleFrom(System.nanoTime());
        idle.addLast(connection);
    }

    void closeIdle(long now) {
        while (!idle.isEmpty() && now - idle.getFirst().idleSinceNanos() > IDLE_MAX.toNanos()) {
            idle.removeFirst().close();
        }
        idle.removeIf(connection -> !connection.isOpen());
    }
}
