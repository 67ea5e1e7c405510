package io.bascule.embedded.http;

import io.bascule.embedded.http.HttpAsk.HttpBody;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hands requests of one connection to the answerer one after the other, so that answers keep their order. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failed write closes the connection, which is noticed there
final class ServiceHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = Logger.getLogger(ServiceHandler.class.getName());

    private final HttpAnswerer answerer;
    private final ExecutorService workers;

    ServiceHandler(HttpAnswerer answerer, ExecutorService workers) {
        this.answerer = answerer;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpAsk ask = read(request);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        context.channel().config().setAutoRead(false);
        try {
            workers.execute(() -> send(context, answer(ask), keepAlive));
        } catch (RejectedExecutionException e) {
            context.close();
        }
    }

    private static HttpAsk read(FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        Map<String, String> query = new HashMap<>();
        uri.parameters().forEach((key, values) -> query.put(key, values.getLast()));
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(entry -> headers.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return new HttpAsk(
                request.method().name(),
                uri.path(),
                query,
                headers,
                HttpBody.of(ByteBufUtil.getBytes(request.content())));
    }

    private HttpReply answer(HttpAsk ask) {
        try {
            return answerer.answer(ask);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReply.text(503, "stopping\n");
        } catch (Exception e) {
            LOG.log(Level.FINE, e, () -> ask.method() + " " + ask.path() + " failed");
            return HttpReply.text(500, e + "\n");
        }
    }

    private static void send(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8));
        reply.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (keepAlive) {
            context.channel().config().setAutoRead(true);
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
