package io.sluice.commerce.subscription;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** When a notice that did not arrive is tried again: eight times within a day, as Standard Webhooks has it, a little spread. */
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(25),
            Duration.ofMinutes(90),
            Duration.ofHours(3),
            Duration.ofHours(7),
            Duration.ofHours(12));

    /** Tries in all. */
    static final int TRIES = PAUSES.size() + 1;

    /** What is refused is asked again about after so long; then after twice as long each time. */
    private static final Duration HOLD = Duration.ofMinutes(10);

    private static final int MOST_DOUBLINGS = 5;

    /** Receivers that fail together are not called together again: each pause is up to a tenth shorter or longer. */
    private static final double SPREAD = 0.1;

    private final RandomGenerator random;

    RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause after so many tries.
     *
     * @param tries from 1 to one less than {@link #TRIES}
     * @param isBusy whether the receiver asked to be left in peace: then it is never called again within seconds
     */
    Duration pause(int tries, boolean isBusy) {
        return spread(PAUSES.get(isBusy ? Math.max(tries - 1, 1) : tries - 1));
    }

    /** The pause after so many refusals in a row. */
    Duration hold(int holds) {
        return spread(HOLD.multipliedBy(1L << Math.min(holds, MOST_DOUBLINGS)));
    }

    private Duration spread(Duration pause) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofMillis((long) (pause.toMillis() * factor));
    }
}
