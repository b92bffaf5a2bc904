package io.sluice.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What came back in one turn. Written by the generator's one thread, read when it has ended; the window is anybody's to move. */
final class Tally {

    private static final int EXAMPLES = 5;

    private enum Phase {
        BEFORE,
        MEASURED,
        AFTER
    }

    private final List<UUID> accepted = new ArrayList<>(200_000);
    private final List<String> examples = new ArrayList<>();
    private long[] latencies = new long[100_000];
    private int measured;
    private long others;
    private volatile Phase phase = Phase.BEFORE;
    private volatile long openedAt;
    private volatile long closedAt;

    void open() {
        openedAt = System.nanoTime();
        phase = Phase.MEASURED;
    }

    void close() {
        phase = Phase.AFTER;
        closedAt = System.nanoTime();
    }

    boolean isOver() {
        return phase == Phase.AFTER;
    }

    void accepted(UUID order, long nanos) {
        accepted.add(order);
        if (phase != Phase.MEASURED) {
            return;
        }
        if (measured == latencies.length) {
            latencies = Arrays.copyOf(latencies, measured * 2);
        }
        latencies[measured++] = nanos;
    }

    void other(String answer) {
        others++;
        if (examples.size() < EXAMPLES) {
            examples.add(answer);
        }
    }

    /** Every order that was accepted, within the window or not. */
    List<UUID> orders() {
        return accepted;
    }

    long others() {
        return others;
    }

    List<String> examples() {
        return examples;
    }

    double perSecond() {
        return measured * 1e9 / Math.max(1, closedAt - openedAt);
    }

    Latencies latencies() {
        return Latencies.of(Arrays.copyOf(latencies, measured));
    }
}
