package io.sluice.app.demo;

import io.sluice.app.demo.DemoLine.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a run of the demo. */
public final class DemoResult {

    private final Map<Integer, String> wrong = new TreeMap<>();
    private final Map<String, Integer> ends = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private int replays;
    private int repeats;
    private long startedAt;
    private long sentAt;
    private long settledAt;

    void started() {
        startedAt = System.nanoTime();
    }

    void sent() {
        sentAt = System.nanoTime();
    }

    void settled() {
        settledAt = System.nanoTime();
    }

    void latency(long nanos) {
        latencies.add(nanos);
    }

    void wrong(int line, String what) {
        wrong.merge(line, what, (first, more) -> first + "; " + more);
    }

    void ended(End end) {
        ends.merge(end.toString(), 1, Integer::sum);
    }

    void refused(String problem) {
        refusals.merge(problem, 1, Integer::sum);
    }

    void repeated(int times) {
        repeats = times;
    }

    void replayed() {
        replays++;
    }

    /** The lines that ended otherwise than they should, and how. */
    public Map<Integer, String> wrong() {
        return wrong;
    }

    /** Accepted orders by the state in which they came to rest. */
    public Map<String, Integer> ends() {
        return ends;
    }

    /** Refused requests by problem. */
    public Map<String, Integer> refusals() {
        return refusals;
    }

    /** Requests that repeated an earlier one and got its answer. */
    public int replays() {
        return replays;
    }

    /** Calls that got no answer, or were told to come again, and were sent again. */
    public int repeats() {
        return repeats;
    }

    public int requests() {
        return latencies.size();
    }

    public double requestsPerSecond() {
        return latencies.size() * 1e9 / Math.max(1, sentAt - startedAt);
    }

    /** From the first request until the last order was at rest. */
    public double secondsUntilRest() {
        return (settledAt - startedAt) / 1e9;
    }

    /** The latency that the given share of requests did not exceed, in milliseconds. */
    public double latencyMillis(double share) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return Arrays.stream(sorted).skip(Math.max(0, index)).findFirst().orElse(0) / 1e6;
    }
}
