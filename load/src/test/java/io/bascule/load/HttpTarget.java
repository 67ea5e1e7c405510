package io.bascule.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A real HTTP server on a free loopback port that answers what the test says, now or later. */
final class HttpTarget implements AutoCloseable {

    /** What to do with a request. */
    interface Behaviour {
        void on(FullHttpRequest request, Reply reply);
    }

    /** The way back to one client. */
    record Reply(ChannelHandlerContext context) {

        void ok() {
            send(response(200, "ok"));
        }

        void send(FullHttpResponse response) {
            var _ = context.writeAndFlush(response);
        }

        void raw(String bytes) {
            var _ = context.pipeline()
                    .firstContext()
                    .writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
        }

        void close() {
            var _ = context.close();
        }

        void after(long nanos, Runnable work) {
            var _ = context.executor().schedule(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
    }

    private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    private HttpTarget(Behaviour behaviour) {
        listening = new ServerBootstrap()
                .group(eventLoop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20));
                        channel.pipeline().addLast(new Handler(behaviour));
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    static HttpTarget answering(Behaviour behaviour) {
        return new HttpTarget(behaviour);
    }

    static FullHttpResponse response(int status, String body) {
        var content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
        response.headers().setInt("Content-Length", content.readableBytes());
        return response;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort() + "/");
    }

    @Override
    public void close() {
        var _ = eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Behaviour behaviour;

        Handler(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            behaviour.on(request, new Reply(context));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
