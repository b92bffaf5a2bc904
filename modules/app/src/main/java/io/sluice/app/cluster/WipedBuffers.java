package io.sluice.app.cluster;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Gives every socket buffers that leave nothing behind: direct ones are wiped, those on the heap are never used again. */
final class WipedBuffers extends AbstractByteBufAllocator {

    static final WipedBuffers INSTANCE = new WipedBuffers();

    private WipedBuffers() {
        super(true);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return WipedBuffer.of(initialCapacity, maxCapacity);
    }

    /** They are; and where they were not, Java would keep copies of what is sent in buffers of its own. */
    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }
}
