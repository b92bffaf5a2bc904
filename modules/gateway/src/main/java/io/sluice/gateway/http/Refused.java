package io.sluice.gateway.http;

import io.sluice.guard.Outcome;
import io.vertx.core.Future;

/** A request is refused, here and now: thrown by whoever reads it, answered as its problem. It carries no stack trace. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    /** What was done; a failure with its problem where it was refused. */
    public static <T> Future<T> unlessDone(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> Future.succeededFuture(done.value());
            case Outcome.Refused<T> refused -> Future.failedFuture(new Refused(Problems.of(refused)));
        };
    }

    public Problem problem() {
        return problem;
    }
}
