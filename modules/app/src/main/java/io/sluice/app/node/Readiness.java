package io.sluice.app.node;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Whether this node takes new work: not before everything has started, and not once it is told to stop. */
final class Readiness {

    private static final String NOT_NOW = "starting or stopping";

    private volatile Supplier<Future<Void>> database = () -> Future.failedFuture(NOT_NOW);
    private volatile boolean started;

    /** @param ping asks the database */
    void ready(Supplier<Future<Void>> ping) {
        database = ping;
        started = true;
    }

    Future<Void> drain() {
        started = false;
        return Future.succeededFuture();
    }

    Future<Void> started() {
        return started ? Future.succeededFuture() : Future.failedFuture(NOT_NOW);
    }

    Future<Void> database() {
        return database.get();
    }
}
