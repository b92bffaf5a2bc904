package io.sluice.app.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens by itself a fixed time after something else did, and at the next start at the latest if the partner was closed by then.
 * First in, first out, on one timer, however much waits. Belongs to one context once it goes on.
 */
final class AfterAWhile {

    private record Due(String id, Instant at) {}

    private final Duration delay;
    private final Consumer<String> then;
    private final Queue<Due> waiting = new ArrayDeque<>();
    private Trade.@Nullable Premises premises;

    /** @param then told the id of what it is time for */
    AfterAWhile(Duration delay, Consumer<String> then) {
        this.delay = delay;
        this.then = then;
    }

    /** @param since when what came first happened; not before that of the one before */
    void expect(String id, Instant since) {
        waiting.add(new Due(id, since.plus(delay)));
        if (waiting.size() == 1) {
            arm();
        }
    }

    void goOn(Trade.Premises open) {
        premises = open;
        arm();
    }

    private void arm() {
        Due next = waiting.peek();
        if (next != null && premises != null) {
            Duration left = Duration.between(premises.chronicle().now(), next.at());
            premises.vertx().setTimer(SandboxSettings.millis(left), due -> look());
        }
    }

    private void look() {
        if (premises == null || !premises.chronicle().isOpen()) {
            return;
        }
        Instant now = premises.chronicle().now();
        for (Due next = waiting.peek(); next != null && !next.at().isAfter(now); next = waiting.peek()) {
            waiting.remove();
            then.accept(next.id());
        }
        arm();
    }
}
