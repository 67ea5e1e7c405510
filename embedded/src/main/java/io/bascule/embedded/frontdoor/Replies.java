package io.bascule.embedded.frontdoor;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The answers that the door gives itself. */
final class Replies {
    private Replies() {}

    /** 503 that says: come again in a second; nobody may keep this answer. */
    static FullHttpResponse comeAgain(String kind, String why) {
        FullHttpResponse reply = plain(HttpResponseStatus.SERVICE_UNAVAILABLE, why);
        reply.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        reply.headers().set(Headers.REFUSED, kind);
        return reply;
    }

    static FullHttpResponse failed(Failure failure) {
        HttpResponseStatus status = failure == Failure.ANSWER_TIMEOUT || failure == Failure.CONNECT_TIMEOUT
                ? HttpResponseStatus.GATEWAY_TIMEOUT
                : HttpResponseStatus.BAD_GATEWAY;
        FullHttpResponse reply = plain(status, "the application did not answer: " + failure.word());
        reply.headers().set(Headers.REFUSED, failure.word());
        return reply;
    }

    static FullHttpResponse plain(HttpResponseStatus status, String text) {
        FullHttpResponse reply = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
        reply.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        reply.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        HttpUtil.setContentLength(reply, reply.content().readableBytes());
        return reply;
    }
}
