package io.sluice.app.cluster;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;

/**
 * A direct buffer that is wiped before its memory goes back to the pool. Otherwise the pool would keep what was last read from a
 * socket or written to one, such as a password, for as long as nobody needs the memory.
 *
 * <p>It names the pool as its allocator, and not the one that made it: Vert.x copies what comes from this kind of pool onto the
 * heap and gives the original back, and takes everything else for its own, for good.
 */
final class WipedBuffer extends UnpooledDirectByteBuf {

    private static final ByteBufAllocator POOL = new AdaptiveByteBufAllocator();

    private final Borrowed first;

    private WipedBuffer(Borrowed first, int maxCapacity) {
        super(POOL, first.buffer(), maxCapacity);
        this.first = first;
        clear();
    }

    static ByteBuf of(int capacity, int maxCapacity) {
        return new WipedBuffer(Borrowed.of(capacity), maxCapacity);
    }

    /** When it grows. What it had before is not given back until it ends. */
    @Override
    protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
        return Borrowed.of(capacity);
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        first.clean();
    }

    /** Memory of the pool. */
    private record Borrowed(ByteBuf memory) implements CleanableDirectBuffer {

        static Borrowed of(int capacity) {
            return new Borrowed(POOL.directBuffer(capacity, capacity));
        }

        @Override
        public ByteBuffer buffer() {
            return memory.nioBuffer(0, memory.capacity());
        }

        @Override
        public void clean() {
            memory.setZero(0, memory.capacity());
            // what has no room is one and the same for all, and is never given back: TLS asks for such buffers
            if (!memory.release() && memory.capacity() > 0) {
                throw new IllegalStateException("somebody else holds memory that was to be given back");
            }
        }
    }
}
