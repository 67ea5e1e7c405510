package io.bascule.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One stream of HTTP/2, with one request on it. Netty's codec checks frames and header fields. */
final class StreamConnection extends Connection {

    private static final int NOT_A_STATUS = 0;

    private boolean hasHead;

    StreamConnection(Channel channel, Connections pool, LoadLoop loop) {
        super(channel, pool, loop);
    }

    @Override
    ChannelFuture write(Channel channel, Exchange exchange) {
        LoadRequest request = exchange.request;
        boolean alone = request.bodyBytes() == 0;
        var head = new DefaultHttp2HeadersFrame(loop().frames().head(request), alone);
        if (alone) {
            return channel.writeAndFlush(head);
        }
        var _ = channel.write(head);
        return channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(request.body()), true));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            loop().guarded(() -> read(message));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Object message) {
        Exchange exchange = current();
        if (exchange == null) {
            close();
        } else if (message instanceof Http2HeadersFrame frame) {
            head(exchange, frame);
        } else if (message instanceof Http2DataFrame frame) {
            data(exchange, frame);
        }
    }

    /** A head, an interim one, or the trailer. */
    private void head(Exchange exchange, Http2HeadersFrame frame) {
        if (!hasHead) {
            var head = new Head(status(frame.headers()), frame.headers());
            if (head.status < 100 || head.status == 101 || (head.status < 200 && frame.isEndStream())) {
                end(ErrorKind.PROTOCOL);
                return;
            }
            if (head.status < 200) {
                return;
            }
            hasHead = true;
            exchange.head(head);
        } else if (!frame.isEndStream()) {
            end(ErrorKind.PROTOCOL);
            return;
        }
        if (frame.isEndStream()) {
            answered(false);
        }
    }

    private static int status(Http2Headers headers) {
        CharSequence status = headers.status();
        if (status == null || status.length() != 3) {
            return NOT_A_STATUS;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = status.charAt(i) - '0';
            code = digit >= 0 && digit <= 9 ? code * 10 + digit : -1_000;
        }
        return code;
    }

    private void data(Exchange exchange, Http2DataFrame frame) {
        if (!hasHead) {
            end(ErrorKind.PROTOCOL);
        } else if (fits(exchange.content(frame.content(), frame.content().readableBytes())) && frame.isEndStream()) {
            answered(false);
        }
    }

    /** What Netty's codec has read. */
    private record Head(int status, Http2Headers fields) implements AnswerHead {

        @Override
        public @Nullable String first(String name) {
            CharSequence value = fields.get(name.toLowerCase(Locale.ROOT));
            return value == null ? null : value.toString();
        }

        @Override
        public ResponseHeaders headers() {
            return ResponseHeaders.of(fields);
        }
    }
}
