package io.sluice.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings an answer back to the context of whoever asked, so that a verticle stays on its own thread. */
final class Contexts {

    private Contexts() {}

    static <T> Future<T> backTo(Future<T> future) {
        Context asker = Vertx.currentContext();
        if (asker == null) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(result -> asker.runOnContext(onContext -> promise.handle(result)));
        return promise.future();
    }
}
