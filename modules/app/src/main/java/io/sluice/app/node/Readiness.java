package io.sluice.app.node;

import io.vertx.core.Future;

/** Whether this node takes new work: not before everything has started, and not once it is told to stop. */
final class Readiness {

    private volatile boolean ready;

    void ready() {
        ready = true;
    }

    Future<Void> drain() {
        ready = false;
        return Future.succeededFuture();
    }

    Future<Void> check() {
        return ready ? Future.succeededFuture() : Future.failedFuture("starting or stopping");
    }
}
