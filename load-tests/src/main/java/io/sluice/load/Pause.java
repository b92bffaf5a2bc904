package io.sluice.load;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets time pass on the thread that drives the run. */
final class Pause {

    private static final long GRACE_MILLIS = 60_000;

    private Pause() {}

    static void of(Vertx vertx, long millis) throws TimeoutException {
        if (millis > 0) {
            vertx.timer(millis, TimeUnit.MILLISECONDS).await(millis + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
