package io.sluice.gateway.account;

import io.sluice.guard.Outcome;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;

/** Tells what has been decided about somebody from what could not be decided just now. */
final class Settled {

    private Settled() {}

    /**
     * The outcome; or a failure with {@link Unavailable} if it is a refusal that is passing. Overload says nothing about anybody: a
     * session is not over by it, and a password not wrong.
     */
    static <R> Future<Outcome<R>> outcome(Outcome<R> outcome) {
        return outcome instanceof Outcome.Refused<R> refused && PrivacyRefusal.isPassing(refused.code())
                ? Future.failedFuture(new Unavailable(refused.code()))
                : Future.succeededFuture(outcome);
    }
}
