package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.app.cluster.NodeVertx;
import io.sluice.app.config.Config;
import io.sluice.gateway.management.HealthCheck;
import io.sluice.gateway.management.ManagementVerticle;
import io.vertx.core.Vertx;
import java.util.List;

/** Puts a node together, top to bottom. What stands lower uses what stands higher, and ends before it. */
final class Wiring {

    private final Config config;
    private final Stages stages;

    Wiring(Config config, Stages stages) {
        this.config = config;
        this.stages = stages;
    }

    Wired wire() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        NodeMetrics.bind(meters);
        Vertx vertx = stages.started("Vert.x", () -> NodeVertx.open(config.cluster(), config.dataDir(), meters));
        stages.endBy("Vert.x", vertx::close);
        ManagementVerticle management = management(vertx, meters);
        return new Wired(management.port());
    }

    private ManagementVerticle management(Vertx vertx, PrometheusMeterRegistry meters) {
        Readiness readiness = new Readiness();
        ManagementVerticle management = new ManagementVerticle(
                config.management().host(),
                config.management().port(),
                List.of(new HealthCheck("started", readiness::check)),
                meters::scrape);
        String deployment = stages.started("management server", () -> vertx.deployVerticle(management));
        stages.endBy("management server", () -> vertx.undeploy(deployment));
        readiness.ready();
        stages.endBy("readiness", readiness::drain);
        return management;
    }
}
