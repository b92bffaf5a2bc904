package io.sluice.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What code allocates by itself. The interpreter and a compiler that is not done yet allocate values that the finished code
 * never makes, and when a machine's compiler is done is not ours to say: so the least of many measurements counts. Code that
 * allocates by its own doing does so in every one of them.
 */
final class AllocatedBytes {

    private static final int MEASUREMENTS = 100;

    private AllocatedBytes() {}

    /** The fewest bytes that one run of the work was seen to allocate, per round that it makes. */
    static long perRound(int rounds, Runnable work) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS && least > 0; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, (thread.getCurrentThreadAllocatedBytes() - before) / rounds);
        }
        return least;
    }
}
