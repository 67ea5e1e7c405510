package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The lane for requests that are the same every time and whose responses nobody looks at: bytes encoded once go out, and
 * {@link AnswerParser} reads of an answer where it ends, its status, and whether the connection lives on.
 */
final class RawConnection extends Connection {

    private final Pipeline pipeline;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable LoadRequest encodedFor;
    private ByteBuf encoded = Unpooled.EMPTY_BUFFER;

    RawConnection(Channel channel, Connections pool, LoadLoop loop, Pipeline pipeline) {
        super(channel, pool, loop);
        this.pipeline = pipeline;
    }

    /** The same object is meant: comparing requests by value would cost what encoding once saves. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    ChannelFuture write(Channel channel, Exchange exchange) {
        LoadRequest request = exchange.request;
        if (encodedFor != request) {
            encoded.release();
            encoded = encode(request, pipeline);
            encodedFor = request;
        }
        parser.begin(request.method().equals("HEAD"));
        return channel.writeAndFlush(encoded.retainedDuplicate());
    }

    /** The request as it goes onto the wire. */
    private static ByteBuf encode(LoadRequest request, Pipeline pipeline) {
        var encoder = new EmbeddedChannel(new HttpRequestEncoder());
        var all = Unpooled.buffer();
        encoder.writeOutbound(CodecConnection.toHttp(request, pipeline));
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        var _ = encoder.close();
        return Unpooled.directBuffer(all.readableBytes()).writeBytes(all);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                loop().guarded(() -> read(bytes));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ByteBuf bytes) {
        Exchange exchange = current();
        if (exchange == null) {
            close();
            return;
        }
        boolean headBefore = parser.hasHead();
        AnswerParser.Found found = parser.take(bytes);
        if (parser.hasHead() && !headBefore) {
            exchange.head(parser.status(), parser.headers());
        }
        if (!fits(parser.bodyBytes())) {
            return;
        }
        switch (found) {
            case MORE -> {}
            case COMPLETE -> answered(parser.keepAlive() && !bytes.isReadable());
            case NONSENSE -> end(ErrorKind.PROTOCOL);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        encoded.release();
        encoded = Unpooled.EMPTY_BUFFER;
        encodedFor = null;
    }

    @Override
    void closed() {
        if (current() != null && parser.endsWithTheConnection()) {
            answered(false);
        }
    }
}
