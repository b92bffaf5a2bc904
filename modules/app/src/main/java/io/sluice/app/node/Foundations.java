package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.kernel.Ids;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What every part of a node stands on.
 *
 * @param links what its links speak TLS by
 * @param nanoTime monotonic time, one for all that compare leases
 * @param world what development brings along
 */
record Foundations(
        Config config,
        Links links,
        Stages stages,
        Vertx vertx,
        PrometheusMeterRegistry meters,
        InstantSource clock,
        LongSupplier nanoTime,
        Ids ids,
        Optional<DevelopmentWorld> world) {

    /** Deploys a verticle, to be undeployed when its turn comes. */
    void deploy(String name, Deployable verticle) {
        String deployment = stages.started(name, () -> vertx.deployVerticle(verticle));
        stages.endBy(name, () -> vertx.undeploy(deployment));
    }

    GroupCommit.Limits commits() {
        return new GroupCommit.Limits(
                config.limits().commitLanes(),
                config.limits().commitBatch(),
                config.limits().commitQueue());
    }
}
