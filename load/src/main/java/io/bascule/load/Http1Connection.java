package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1: one request after the other, encoded into memory that the connection keeps. A request that is
 * the same object as the one before it goes out as the bytes that are there already.
 */
final class Http1Connection extends Connection {

    private static final int REQUEST_USUAL = 256;

    /** Larger bodies are written from where they are. */
    private static final int BODY_COPIED_MAX = 4_096;

    private final RequestBytes encoder;
    private final AnswerParser parser = new AnswerParser();
    private final ByteBuf encoded;
    private @Nullable LoadRequest encodedFor;

    Http1Connection(Channel channel, Connections pool, LoadLoop loop) {
        super(channel, pool, loop);
        encoder = loop.encoder();
        encoded = channel.alloc().directBuffer(REQUEST_USUAL);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is meant: comparing would cost what encoding once saves
    ChannelFuture write(Channel channel, Exchange exchange) {
        LoadRequest request = exchange.request;
        boolean copied = request.bodyBytes() <= BODY_COPIED_MAX;
        if (encodedFor != request) {
            encode(request, copied);
        }
        encoded.readerIndex(0);
        parser.begin(request.method().equals("HEAD"));
        if (copied) {
            return channel.writeAndFlush(encoded.retain());
        }
        var _ = channel.write(encoded.retain());
        return channel.writeAndFlush(Unpooled.wrappedBuffer(request.body()));
    }

    private void encode(LoadRequest request, boolean withBody) {
        encodedFor = null;
        encoded.clear();
        encoder.head(request, encoded);
        if (withBody) {
            ByteBuffer body = request.body();
            encoded.writeBytes(body);
        }
        encodedFor = request;
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
        AnswerParser.Found found = parser.take(bytes, exchange);
        if (parser.hasHead() && !headBefore) {
            exchange.head(parser);
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
        encodedFor = null;
        encoded.release();
    }

    @Override
    void closed() {
        if (current() != null && parser.endsWithTheConnection()) {
            answered(false);
        }
    }
}
