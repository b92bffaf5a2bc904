package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One step after the other, each from where the last one came to. There may be so many that no stack would hold the end of a
 * chain of futures: here each is forgotten when the next begins.
 */
public final class Repeat {

    private Repeat() {}

    /**
     * Steps until that is where it ends; yields that place. The first step that fails, or throws, is the failure of all.
     *
     * @param step must wait for something, as a query does: steps that are done at once would pile up
     */
    public static <T> Future<T> until(Predicate<T> isEnd, T first, Function<T, Future<T>> step) {
        Promise<T> end = Promise.promise();
        go(isEnd, first, step, end);
        return end.future();
    }

    private static <T> void go(Predicate<T> isEnd, T at, Function<T, Future<T>> step, Promise<T> end) {
        if (isEnd.test(at)) {
            end.complete(at);
            return;
        }
        // what a step throws becomes its failure
        Future.succeededFuture(at).compose(step).onComplete(next -> go(isEnd, next, step, end), end::fail);
    }
}
