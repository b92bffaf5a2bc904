package io.sluice.app.sandbox;

import java.time.Duration;

/**
 * The fault switchboard. Rates lie between 0 and 1; whether a fault strikes depends on the seed and on the idempotency key
 * or event alone, so that a run can be repeated.
 *
 * @param duplicateRate callbacks that are sent once more after they arrived
 * @param lateRate callbacks held back by {@code lateBy}
 * @param reorderRate callbacks held back by {@code reorderBy}, meant to be longer than the pace of tracking, so that a later
 *     one overtakes
 * @param errorRate requests whose first attempt is answered 500 before anything is done
 * @param lostAnswerRate requests whose first attempt has its effect but never an answer
 * @param mismatchRate authorisations that succeed for one minor unit less than was asked
 */
public record SandboxFaults(
        long seed,
        double duplicateRate,
        double lateRate,
        Duration lateBy,
        double reorderRate,
        Duration reorderBy,
        double errorRate,
        double lostAnswerRate,
        double mismatchRate) {

    public static final SandboxFaults NONE = new SandboxFaults(0, 0, 0, Duration.ZERO, 0, Duration.ZERO, 0, 0, 0);

    /** What the demo shows: some callbacks twice, some late, some in the wrong order; requests are served well. */
    public static final SandboxFaults UNTIDY =
            new SandboxFaults(42, 0.1, 0.05, Duration.ofSeconds(2), 0.05, Duration.ofMillis(900), 0, 0, 0);

    public SandboxFaults {
        rate("duplicate", duplicateRate);
        rate("late", lateRate);
        rate("reorder", reorderRate);
        rate("error", errorRate);
        rate("lost answer", lostAnswerRate);
        rate("mismatch", mismatchRate);
        if (lateBy.isNegative() || reorderBy.isNegative()) {
            throw new IllegalArgumentException("a sandbox delay must not be negative");
        }
    }

    private static void rate(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("sandbox " + name + " rate must lie between 0 and 1: " + rate);
        }
    }

    /** Whether this fault, at this rate, strikes this thing. */
    boolean strikes(double rate, String fault, String what) {
        return rate > 0 && dice(fault, what) < rate;
    }

    /** A number in [0, 1) that depends on the seed and the two names alone. */
    double dice(String fault, String what) {
        long mixed = seed;
        for (String part : new String[] {fault, what}) {
            for (int i = 0; i < part.length(); i++) {
                mixed = (mixed ^ part.charAt(i)) * 0x100000001b3L;
            }
            mixed = finish(mixed);
        }
        return (mixed >>> 11) * 0x1.0p-53;
    }

    // the finalizer of SplitMix64: FNV alone leaves the upper bits of short texts too alike
    private static long finish(long z) {
        long first = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
