package io.bascule.load;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;

/**
 * The memory of one event loop's connections: what was given back last goes out first, while it is in the processor's
 * caches. No buffer of a request outlives its round here, so a few are enough, and Netty's own allocator with its watch for
 * lost buffers, a stack trace every so many requests, costs a twentieth of a TLS request. Buffers that are large, or given
 * back elsewhere, are freed.
 */
final class LoopBuffers extends AbstractByteBufAllocator {

    private static final int SMALL = 1_024;

    /** A TLS record with room to spare. */
    private static final int LARGE = 20_480;

    private static final int KEPT_MAX = 64;

    private final EventLoop eventLoop;
    private final UnpooledByteBufAllocator others = new UnpooledByteBufAllocator(true, true);
    private final ArrayDeque<ByteBuf> small = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> large = new ArrayDeque<>();
    private boolean closed;

    private LoopBuffers(EventLoop eventLoop) {
        super(true);
        this.eventLoop = eventLoop;
    }

    /** For this event loop; Netty's own where this JVM grants no access to memory by its address. */
    static ByteBufAllocator of(EventLoop eventLoop) {
        return PlatformDependent.hasUnsafe() ? new LoopBuffers(eventLoop) : ByteBufAllocator.DEFAULT;
    }

    /** Frees what is kept, and from now on what is given back. On the event loop. */
    static void close(ByteBufAllocator allocator) {
        if (allocator instanceof LoopBuffers buffers) {
            buffers.close();
        }
    }

    private void close() {
        closed = true;
        free(small);
        free(large);
    }

    private static void free(ArrayDeque<ByteBuf> kept) {
        for (ByteBuf buffer = kept.poll(); buffer != null; buffer = kept.poll()) {
            ((Kept) buffer).free();
        }
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        int size = initialCapacity <= SMALL ? SMALL : LARGE;
        if (initialCapacity > LARGE || maxCapacity < size || !eventLoop.inEventLoop()) {
            return others.directBuffer(initialCapacity, maxCapacity);
        }
        ArrayDeque<ByteBuf> kept = size == SMALL ? small : large;
        return kept.poll() instanceof Kept again ? again.again(maxCapacity) : new Kept(size, maxCapacity, kept);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return others.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    /** A buffer that goes back to where it came from. */
    private final class Kept extends UnpooledUnsafeDirectByteBuf {

        private final int size;
        private final ArrayDeque<ByteBuf> home;

        Kept(int size, int maxCapacity, ArrayDeque<ByteBuf> home) {
            super(LoopBuffers.this, size, maxCapacity);
            this.size = size;
            this.home = home;
        }

        Kept again(int maxCapacity) {
            maxCapacity(maxCapacity);
            resetRefCnt();
            setIndex(0, 0);
            return this;
        }

        void free() {
            super.deallocate();
        }

        @Override
        protected void deallocate() {
            if (eventLoop.inEventLoop() && !closed && home.size() < KEPT_MAX && capacity() == size) {
                home.push(this);
            } else {
                free();
            }
        }
    }
}
