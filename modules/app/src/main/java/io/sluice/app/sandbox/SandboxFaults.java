package io.sluice.app.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fault switchboard. Rates lie between 0 and 1; whether a fault strikes depends on the seed and on the idempotency key
 * or event alone, so that a run can be repeated.
 *
 * @param rates of each fault; one that is not in it never strikes
 * @param lateBy how long {@link Fault#LATE} holds a callback back
 * @param reorderBy the same for {@link Fault#REORDER}
 */
public record SandboxFaults(long seed, Map<Fault, Double> rates, Duration lateBy, Duration reorderBy) {

    public static final SandboxFaults NONE = new SandboxFaults(0, Map.of(), Duration.ZERO, Duration.ZERO);

    /** What the demo shows: some callbacks twice, some late, some in the wrong order; requests are served well. */
    public static final SandboxFaults UNTIDY = new SandboxFaults(
            42,
            Map.of(Fault.DUPLICATE, 0.1, Fault.LATE, 0.05, Fault.REORDER, 0.05),
            Duration.ofSeconds(2),
            Duration.ofMillis(900));

    public SandboxFaults {
        rates = Map.copyOf(rates);
        rates.forEach((fault, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException(
                        "sandbox " + fault.word() + " rate must lie between 0 and 1: " + rate);
            }
        });
        if (lateBy.isNegative() || reorderBy.isNegative()) {
            throw new IllegalArgumentException("a sandbox delay must not be negative");
        }
    }

    /** Everything at once, each at the same rate. */
    public SandboxFaults everything(double rate) {
        return with(Arrays.stream(Fault.values()).collect(Collectors.toMap(Function.identity(), fault -> rate)));
    }

    public SandboxFaults with(Fault fault, double rate) {
        Map<Fault, Double> more = new EnumMap<>(Fault.class);
        more.putAll(rates);
        more.put(fault, rate);
        return with(more);
    }

    /** These rates and no other. */
    public SandboxFaults with(Map<Fault, Double> others) {
        return new SandboxFaults(seed, others, lateBy, reorderBy);
    }

    public SandboxFaults seeded(long other) {
        return new SandboxFaults(other, rates, lateBy, reorderBy);
    }

    public SandboxFaults delaying(Duration late, Duration reorder) {
        return new SandboxFaults(seed, rates, late, reorder);
    }

    /** Whether this fault strikes this thing. */
    boolean strikes(Fault fault, String what) {
        double rate = rates.getOrDefault(fault, 0.0);
        return rate > 0 && dice(fault.word(), what) < rate;
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
