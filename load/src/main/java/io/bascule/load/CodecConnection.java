package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;

/** A connection behind Netty's HTTP codec, which understands all of HTTP/1.1; or one stream of HTTP/2 behind its own. */
final class CodecConnection extends Connection {

    private final Pipeline pipeline;
    private boolean interim;
    private boolean keepAlive;

    CodecConnection(Channel channel, Connections pool, LoadLoop loop, Pipeline pipeline) {
        super(channel, pool, loop);
        this.pipeline = pipeline;
    }

    @Override
    ChannelFuture write(Channel channel, Exchange exchange) {
        return channel.writeAndFlush(loop().http(exchange.request, pipeline));
    }

    static FullHttpRequest toHttp(LoadRequest request, Pipeline pipeline) {
        ByteBuffer content = request.body();
        ByteBuf body = content.hasRemaining() ? Unpooled.wrappedBuffer(content) : Unpooled.EMPTY_BUFFER;
        var http = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), request.path(), body);
        http.headers().set(HttpHeaderNames.HOST, pipeline.authority()).set(HttpHeaderNames.USER_AGENT, "bascule-load");
        request.headers().forEach(http.headers()::set);
        if (content.hasRemaining() || request.method().startsWith("P")) {
            http.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.remaining());
        }
        return http;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject object) {
                loop().guarded(() -> read(object));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject object) {
        Exchange exchange = current();
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
            keepAlive = pipeline.reusable() && HttpUtil.isKeepAlive(response);
            exchange.head(response.status().code(), response.headers());
        }
        return true;
    }

    private void content(Exchange exchange, HttpContent content) {
        if (!interim && fits(exchange.content(content.content())) && content instanceof LastHttpContent) {
            answered(keepAlive);
        }
    }

    private static ErrorKind kindOf(DecoderResult failure) {
        return failure.cause() instanceof PrematureChannelClosureException
                ? ErrorKind.PREMATURE_CLOSE
                : ErrorKind.PROTOCOL;
    }
}
