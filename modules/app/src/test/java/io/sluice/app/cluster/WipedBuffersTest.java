package io.sluice.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.sluice.kernel.Clause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@Clause("B1")
class WipedBuffersTest {

    private static final byte[] SECRET = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatWasWrittenIsGoneWhenTheMemoryGoesBack() {
        ByteBuf buffer = WipedBuffers.INSTANCE.directBuffer(256).writeBytes(SECRET);
        ByteBuffer memory = buffer.nioBuffer(0, 256);

        assertThat(held(memory, SECRET.length)).isEqualTo(SECRET);
        assertThat(buffer.release()).isTrue();
        assertThat(held(memory, 256)).containsOnly(0);
    }

    @Test
    void itIsStillThereForWhoeverHoldsASliceOfIt() {
        ByteBuf buffer = WipedBuffers.INSTANCE.directBuffer(256).writeBytes(SECRET);
        ByteBuf slice = buffer.retainedSlice(0, SECRET.length);
        ByteBuffer memory = buffer.nioBuffer(0, 256);

        assertThat(buffer.release()).isFalse();
        assertThat(held(memory, SECRET.length)).isEqualTo(SECRET);
        assertThat(slice.release()).isTrue();
        assertThat(held(memory, 256)).containsOnly(0);
    }

    @Test
    void aBufferThatGrewIsWipedInBothPlaces() {
        ByteBuf buffer = WipedBuffers.INSTANCE.directBuffer(32).writeBytes(SECRET);
        ByteBuffer small = buffer.nioBuffer(0, 32);

        ByteBuf grown = buffer.capacity(4096).writeBytes(new byte[1000]).writeBytes(SECRET);

        ByteBuffer large = grown.nioBuffer(0, 4096);
        assertThat(held(large, SECRET.length)).isEqualTo(SECRET);
        assertThat(grown.release()).isTrue();
        assertThat(held(small, 32)).containsOnly(0);
        assertThat(held(large, 4096)).containsOnly(0);
    }

    @Test
    void whatBeginsWithoutAnyRoomGrowsAndGoesLikeAllOthers() {
        ByteBuf never = WipedBuffers.INSTANCE.directBuffer(0);
        ByteBuf grown = WipedBuffers.INSTANCE.directBuffer(0).writeBytes(SECRET);
        ByteBuffer memory = grown.nioBuffer(0, SECRET.length);

        assertThat(never.release()).isTrue();
        assertThat(grown.release()).isTrue();
        assertThat(held(memory, SECRET.length)).containsOnly(0);
    }

    @Test
    void itLooksAsVertxExpectsItOfWhatItHasToGiveBack() {
        ByteBuf buffer = WipedBuffers.INSTANCE.directBuffer(16);

        // VertxHandler.safeBuffer copies and releases what has exactly this allocator, and keeps everything else
        assertThat(buffer.alloc().getClass()).isEqualTo(AdaptiveByteBufAllocator.class);
        assertThat(buffer.readableBytes()).isZero();
        assertThat(buffer.release()).isTrue();
    }

    private static byte[] held(ByteBuffer memory, int length) {
        byte[] held = new byte[length];
        memory.get(0, held);
        return held;
    }
}
