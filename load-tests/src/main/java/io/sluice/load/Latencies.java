package io.sluice.load;

import java.util.Arrays;
import java.util.Locale;

/** Percentiles in milliseconds. */
record Latencies(double p50, double p90, double p99, double p999, double max) {

    static Latencies of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms", p50, p90, p99, p999, max);
    }
}
