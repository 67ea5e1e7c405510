package io.bascule.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one buffer that an event loop's connections are read into, as long as what was read is dealt with before the next
 * read: then reading allocates nothing. Whoever keeps it longer (TLS, where a record is not complete) leaves the next
 * reader a small one of its own.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int SHARED = 65_536;
    private static final int OWN = 8_192;

    private final ByteBuf shared = Unpooled.directBuffer(SHARED, SHARED);
    private boolean closed;

    /** Who reads from here on has memory of its own. */
    void close() {
        if (!closed) {
            closed = true;
            shared.release();
        }
    }

    @Override
    public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return !closed && shared.refCnt() == 1 ? shared.retain().clear() : allocator.directBuffer(OWN);
            }

            @Override
            public int guess() {
                return SHARED;
            }
        };
    }
}
