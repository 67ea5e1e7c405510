package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TransportTest {

    @Test
    void a_loop_that_stays_awake_still_hears_its_connections() throws Exception {
        EventLoopGroup group = Transport.eventLoops(1);
        var heard = new CompletableFuture<Void>();
        var over = new AtomicBoolean();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EventLoop loop = group.next();
            var channel = new Bootstrap()
                    .group(loop)
                    .channel(Transport.socketChannel())
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext context, Object message) {
                            ReferenceCountUtil.release(message);
                            heard.complete(null);
                        }
                    })
                    .connect(server.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket accepted = server.accept()) {
                var rounds = new CompletableFuture<Void>();
                loop.execute(new Round(loop, over, rounds));
                rounds.get(10, TimeUnit.SECONDS);
                accepted.getOutputStream().write(1);
                heard.get(10, TimeUnit.SECONDS);
            } finally {
                over.set(true);
                channel.close().sync();
            }
        } finally {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        assertThat(heard).isCompleted();
    }

    /** Goes from one round of the loop to the next until it is over. */
    private record Round(EventLoop loop, AtomicBoolean over, CompletableFuture<Void> rounds) implements Runnable {
        @Override
        public void run() {
            rounds.complete(null);
            if (!over.get()) {
                Transport.afterThisRound(loop, () -> loop.execute(this));
            }
        }
    }

    @Test
    void linux_wakes_the_thread_in_time() throws Exception {
        Path thread = Path.of("/proc/thread-self");
        assumeThat(Files.exists(thread)).isTrue();
        var slack = new CompletableFuture<String>();
        Thread.ofPlatform().start(() -> {
            Transport.wakeInTime();
            try {
                Path own = Path.of("/proc/" + Files.readSymbolicLink(thread).getFileName() + "/timerslack_ns");
                slack.complete(Files.readString(own).strip());
            } catch (java.io.IOException e) {
                slack.completeExceptionally(e);
            }
        });
        assertThat(slack.get(10, TimeUnit.SECONDS)).isEqualTo("1");
    }
}
