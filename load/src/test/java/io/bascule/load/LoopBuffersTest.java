package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.IllegalReferenceCountException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopBuffersTest {

    private final EventLoopGroup group = Transport.eventLoops(1);
    private final EventLoop loop = group.next();
    private final ByteBufAllocator buffers = LoopBuffers.of(loop);

    @BeforeEach
    void onlyWhereMemoryHasAddresses() {
        assumeThat(buffers).isInstanceOf(LoopBuffers.class);
    }

    @AfterEach
    void end() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatWasGivenBackGoesOutAgainAsNew() throws Exception {
        in(() -> {
            ByteBuf first = buffers.directBuffer(200);
            first.writeZero(100).skipBytes(50);
            long memory = first.memoryAddress();
            first.release();
            ByteBuf again = buffers.directBuffer(300, 2_000);

            assertThat(again.memoryAddress()).isEqualTo(memory);
            assertThat(again.refCnt()).isEqualTo(1);
            assertThat(again.readerIndex()).isZero();
            assertThat(again.readableBytes()).isZero();
            assertThat(again.writableBytes()).isGreaterThanOrEqualTo(300);
            assertThat(again.maxCapacity()).isEqualTo(2_000);
            again.release();
            return null;
        });
    }

    @Test
    void twoAtATimeAreTwo() throws Exception {
        in(() -> {
            ByteBuf one = buffers.directBuffer(16_384);
            ByteBuf two = buffers.directBuffer(16_384);
            one.writeLong(1);
            two.writeLong(2);

            assertThat(one.readLong()).isEqualTo(1);
            one.release();
            two.release();
            return null;
        });
    }

    @Test
    void oneThatHasGrownAndOneFromElsewhereAreFreed() throws Exception {
        ByteBuf grown = in(() -> {
            ByteBuf buffer = buffers.directBuffer(100);
            buffer.writeZero(5_000).release();
            return buffer;
        });
        ByteBuf elsewhere = in(() -> buffers.directBuffer(100));
        elsewhere.release();
        ByteBuf next = in(() -> buffers.directBuffer(100));

        assertThat(next).isNotSameAs(grown).isNotSameAs(elsewhere);
        assertThatThrownBy(elsewhere::readByte).isInstanceOf(IllegalReferenceCountException.class);
        in(next::release);
    }

    @Test
    void afterTheEndNothingIsKept() throws Exception {
        ByteBuf late = in(() -> buffers.directBuffer(100));
        in(() -> buffers.directBuffer(100).release());
        in(() -> {
            LoopBuffers.close(buffers);
            return late.release();
        });
        ByteBuf fresh = in(() -> buffers.directBuffer(100));

        assertThat(fresh).isNotSameAs(late);
        in(fresh::release);
    }

    private <T> T in(Callable<T> work) throws Exception {
        return loop.submit(work).get();
    }
}
