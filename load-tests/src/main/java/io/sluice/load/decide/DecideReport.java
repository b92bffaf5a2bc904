package io.sluice.load.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a decision takes beside what it may take (P5). */
public record DecideReport(List<Row> rows) {

    /** A decision, and a decision with the view of a message of twelve fields, may take so many nanoseconds in the median. */
    private static final double DECIDE_MOST = 200;

    private static final double PROJECT_MOST = 2_000;
    /** Of one call: what the measuring itself leaves behind comes to less. */
    private static final double NOTHING_BYTES = 1;

    /**
     * One benchmark with one kind of message.
     *
     * @param benchmark {@code decide} or {@code decideAndProject}
     * @param average over all calls, in ns
     * @param p50 of calls that were timed one by one, in ns; holds the reading of the clock, some 20 to 30 ns, as the others do
     * @param bytes allocated in one call
     */
    public record Row(
            String benchmark, String message, double average, double p50, double p90, double p99, double bytes) {

        boolean isDecideAlone() {
            return benchmark.equals("decide");
        }

        boolean isRefused() {
            return message.equals("refused");
        }

        private String verdict() {
            if (isRefused() && bytes >= NOTHING_BYTES) {
                return "WRONG: a refusal allocates";
            }
            double most = isDecideAlone() ? DECIDE_MOST : PROJECT_MOST;
            return String.format(Locale.ROOT, p50 <= most ? "p50 <= %.0f ns" : "MISSED: p50 > %.0f ns", most);
        }

        private boolean isGood() {
            return verdict().startsWith("p50");
        }
    }

    public DecideReport {
        rows = List.copyOf(rows);
    }

    /** Whether every goal was reached. */
    public boolean isGood() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::isGood);
    }

    /** A table, one line a row. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-18s %-10s %10s %8s %8s %8s %8s",
                "P5 (ns a call)",
                "message",
                "average",
                "p50",
                "p90",
                "p99",
                "bytes"));
        for (Row row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-18s %-10s %10.1f %8.0f %8.0f %8.0f %8.1f   %s",
                    row.benchmark,
                    row.message,
                    row.average,
                    row.p50,
                    row.p90,
                    row.p99,
                    row.bytes,
                    row.verdict()));
        }
        return lines;
    }
}
