package io.sluice.load.decide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmark, and reads what JMH has to say of it. */
public final class DecideRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final ChainedOptionsBuilder options;

    private DecideRun(ChainedOptionsBuilder options) {
        this.options = options;
    }

    /**
     * As it is meant to be measured: each figure in so many JVMs, one after the other, each warmed up.
     *
     * @param home the folder that holds {@code config/policy}
     */
    public static DecideRun inJvmsOfTheirOwn(Path home, int jvms) {
        return new DecideRun(common(home)
                .forks(jvms)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1)));
    }

    /** In this JVM and over in a second: good for what is allocated and that it runs at all, not for any time. */
    static DecideRun hasty(Path home) {
        return new DecideRun(common(home)
                .forks(0)
                .param("message", "mixed", "refused")
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(50))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(100)));
    }

    private static ChainedOptionsBuilder common(Path home) {
        return new OptionsBuilder()
                .include(DecideBenchmark.class.getName() + "\\.")
                .param("home", home.toString())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    public DecideReport report() {
        try {
            return new DecideReport(rows(List.copyOf(new Runner(options.build()).run())));
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark did not run to its end", e);
        }
    }

    /** What was sampled and what was averaged are two results of JMH and one row of ours. */
    private static List<DecideReport.Row> rows(List<RunResult> results) {
        List<DecideReport.Row> rows = new ArrayList<>();
        for (RunResult sampled : results) {
            if (sampled.getParams().getMode() == Mode.SampleTime) {
                RunResult averaged = results.stream()
                        .filter(other -> other.getParams().getMode() == Mode.AverageTime && isSame(other, sampled))
                        .findFirst()
                        .orElseThrow();
                rows.add(row(sampled, averaged));
            }
        }
        return rows;
    }

    private static boolean isSame(RunResult one, RunResult other) {
        return benchmark(one).equals(benchmark(other)) && message(one).equals(message(other));
    }

    private static DecideReport.Row row(RunResult sampled, RunResult averaged) {
        Statistics times = sampled.getPrimaryResult().getStatistics();
        return new DecideReport.Row(
                benchmark(sampled),
                message(sampled),
                averaged.getPrimaryResult().getScore(),
                times.getPercentile(50),
                times.getPercentile(90),
                times.getPercentile(99),
                allocated(averaged));
    }

    private static double allocated(RunResult result) {
        return Objects.requireNonNull(Map.copyOf(result.getSecondaryResults()).get(ALLOCATED), ALLOCATED)
                .getScore();
    }

    private static String benchmark(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static String message(RunResult result) {
        return result.getParams().getParam("message");
    }
}
