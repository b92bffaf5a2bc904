package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.app.cluster.NodeVertx;
import io.sluice.app.config.Config;
import io.sluice.gateway.management.HealthCheck;
import io.sluice.gateway.management.ManagementVerticle;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.Migrations;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Puts a node together, top to bottom. What stands lower uses what stands higher, and ends before it. */
final class Wiring {

    private static final List<String> DATA_ROOMS = List.of("storage", "commerce");

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
        Optional<DevelopmentWorld> world = config.profile().isDevelopment()
                ? Optional.of(DevelopmentWorld.open(config, stages, vertx))
                : Optional.empty();
        Database data = database(vertx, Databases.choose(config.database(), world, DevelopmentWorld.DATA), DATA_ROOMS);
        ManagementVerticle management = management(vertx, meters, data);
        return new Wired(management.port());
    }

    private Database database(Vertx vertx, DatabaseSettings settings, List<String> rooms) {
        stages.done("migrations of " + settings, () -> {
            Migrations.run(settings, rooms);
            return settings;
        });
        Database database = Database.open(vertx, settings);
        stages.endBy("connections to " + settings, database::close);
        return database;
    }

    private ManagementVerticle management(Vertx vertx, PrometheusMeterRegistry meters, Database data) {
        Readiness readiness = new Readiness();
        ManagementVerticle management = new ManagementVerticle(
                config.management().host(),
                config.management().port(),
                List.of(new HealthCheck("started", readiness::check), new HealthCheck("database", data::ping)),
                meters::scrape);
        String deployment = stages.started("management server", () -> vertx.deployVerticle(management));
        stages.endBy("management server", () -> vertx.undeploy(deployment));
        readiness.ready();
        stages.endBy("readiness", readiness::drain);
        return management;
    }
}
