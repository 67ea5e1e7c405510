package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Http2Test {

    @Test
    void many_requests_share_a_connection() throws Exception {
        try (var server = new Server()) {
            var profile = LoadProfile.of(server.uri(), 300).lasting(Runs.SECOND).over(Wire.PLAIN.http2());
            var heard = Runs.run(
                    profile, arrival -> LoadRequest.post("/echo/" + arrival, "text/plain", "hello " + arrival));
            assertThat(heard.result().errors()).isEmpty();
            assertThat(heard.result().requests()).isEqualTo(300);
            assertThat(heard.responses())
                    .allSatisfy(response -> assertThat(response.bodyText()).isEqualTo("hello " + response.arrival()));
            assertThat(server.connections.get())
                    .as("a connection for each hundred that are under way at once")
                    .isBetween(1, 3);
        }
    }

    @Test
    void a_server_that_never_answers_times_out_each_stream() throws Exception {
        try (var server = new Server()) {
            var profile = LoadProfile.of(server.uri(), 100)
                    .lasting(Duration.ofMillis(300))
                    .withTimeOuts(Duration.ofMillis(300), Duration.ofMillis(300))
                    .over(Wire.PLAIN.http2());
            var heard = Runs.run(profile, RequestSource.repeating(LoadRequest.get("/silent")));
            assertThat(heard.result().errors()).isEqualTo(Map.of(ErrorKind.HEADER_TIMEOUT, 30L));
        }
    }

    @Test
    void a_server_that_speaks_http_1_only_fails_every_request() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var profile = LoadProfile.of(target.uri(), 100)
                    .lasting(Duration.ofMillis(300))
                    .withTimeOuts(Duration.ofMillis(500), Duration.ofMillis(500))
                    .over(Wire.PLAIN.http2());
            LoadResult result = Runs.run(profile, Runs.get()).result();
            assertThat(result.requests()).isEqualTo(30);
            assertThat(result.failed()).isEqualTo(30);
        }
    }

    /** Speaks HTTP/2 with prior knowledge, and says what it hears. */
    private static final class Server implements AutoCloseable {
        final AtomicInteger connections = new AtomicInteger();
        private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final Channel listening;

        Server() {
            listening = new ServerBootstrap()
                    .group(eventLoop)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            connections.incrementAndGet();
                            channel.pipeline()
                                    .addLast(
                                            Http2FrameCodecBuilder.forServer().build(),
                                            new Http2MultiplexHandler(new Streams()));
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .syncUninterruptibly()
                    .channel();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort() + "/");
        }

        @Override
        public void close() {
            var _ = eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }

        private static final class Streams extends ChannelInitializer<Channel> {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(
                                new Http2StreamFrameToHttpObjectCodec(true),
                                new HttpObjectAggregator(1 << 20),
                                new Echo());
            }
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (!request.uri().equals("/silent")) {
                var response =
                        HttpTarget.response(200, request.content().toString(java.nio.charset.StandardCharsets.UTF_8));
                var _ = context.writeAndFlush(response);
            }
        }
    }
}
