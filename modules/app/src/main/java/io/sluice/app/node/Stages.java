package io.sluice.app.node;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, in the order in which it started; each with the way to end it. For one thread at a time. */
final class Stages {

    private static final Logger log = LoggerFactory.getLogger(Stages.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private record Stage(String name, Supplier<Future<?>> end) {}

    private final Deque<Stage> running = new ArrayDeque<>();

    /** Waits for something to have started. */
    <T> T started(String name, Supplier<Future<T>> start) {
        try {
            return start.get().await(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new StartFailed(name, e);
        }
    }

    /** Waits for something to be over, whatever it yields. */
    void did(String name, Supplier<? extends Future<?>> work) {
        try {
            work.get().await(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new StartFailed(name, e);
        }
    }

    /** Does blocking work on this thread. */
    @CanIgnoreReturnValue
    <T> T done(String name, Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new StartFailed(name, e);
        }
    }

    /** Remembers how to end what has just started. */
    void endBy(String name, Supplier<Future<?>> end) {
        running.push(new Stage(name, end));
    }

    /** Ends everything, as {@link #end} does, for whoever has nothing to do about what troubles that but to say so. */
    void endAndTell(Duration timeout) {
        end(timeout)
                .troubles()
                .forEach(each -> log.atWarn().addKeyValue("trouble", each).log("ended uncleanly"));
    }

    /** Ends everything, last started first; what fails or takes too long does not keep the rest from ending. */
    Ending end(Duration timeout) {
        List<String> troubles = new ArrayList<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!running.isEmpty()) {
            Stage stage = running.pop();
            // at the deadline every stage left still gets a moment: most only have to be told
            long left = Math.max(TimeUnit.SECONDS.toNanos(1), deadline - System.nanoTime());
            try {
                stage.end().get().await(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                troubles.add(stage.name() + " did not end in time");
            } catch (Exception e) {
                log.atWarn().addKeyValue("stage", stage.name()).setCause(e).log("stage failed to end");
                troubles.add(stage.name() + " failed to end: " + e.getClass().getSimpleName());
            }
        }
        return new Ending(troubles);
    }
}
