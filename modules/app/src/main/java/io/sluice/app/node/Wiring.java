package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.app.cluster.NodeVertx;
import io.sluice.app.config.Config;
import io.sluice.app.config.NodeRole;
import io.sluice.gateway.management.HealthCheck;
import io.sluice.gateway.management.ManagementVerticle;
import io.sluice.guard.Minimisation;
import io.sluice.kernel.Ids;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts a node together, top to bottom. What stands lower uses what stands higher, and ends before it. */
final class Wiring {

    private final Config config;
    private final Stages stages;
    private final Guarding guarding;

    Wiring(Config config, Stages stages, Guarding guarding) {
        this.config = config;
        this.stages = stages;
        this.guarding = guarding;
    }

    Wired wire() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        NodeMetrics.bind(meters);
        InstantSource clock = InstantSource.system();
        // before anything runs; which version is in force only the database's clock can tell
        stages.done("the law", () -> Lawbook.open(config, clock.instant()));
        Links links = stages.done("certificates", () -> Links.of(config));
        Vertx vertx = stages.started("Vert.x", () -> NodeVertx.open(config.cluster(), config.dataDir(), meters));
        stages.endBy("Vert.x", vertx::close);
        Readiness readiness = new Readiness();
        AtomicReference<@Nullable Minimisation> minimisation = new AtomicReference<>();
        ManagementVerticle management = management(
                vertx,
                links,
                meters,
                readiness,
                () -> Optional.ofNullable(minimisation.get()).map(Minimisation::report));
        Optional<DevelopmentWorld> world = config.profile().isDevelopment()
                ? Optional.of(DevelopmentWorld.open(config, links, stages, vertx))
                : Optional.empty();
        Foundations on = new Foundations(
                config, links, stages, vertx, meters, clock, System::nanoTime, Ids.secure(clock), world);
        Stores stores = Stores.open(on);
        KeptElsewhere.requireNothingLost(on, stores.data());
        Statutes statutes = Statutes.open(on, stores.data());
        Rooms rooms = Rooms.open(on, stores, statutes.law(), guarding);
        minimisation.set(rooms.minimisation());
        Doors doors = new Doors(on, stores, rooms.bus(), statutes.law(), statutes.published());
        if (world.isPresent()) {
            rooms.shelves()
                    .ifPresent(shelves ->
                            new Seeding(on).sow(shelves, doors.office().demoAccounts()));
        }
        Optional<URI> shop =
                config.node().roles().contains(NodeRole.GATEWAY) ? Optional.of(doors.open()) : Optional.empty();
        if (world.isPresent()) {
            tellWhereTheShopIs(world.get(), shop, vertx);
        }
        readiness.ready(stores.data()::ping);
        stages.endBy("readiness", readiness::drain);
        return new Wired(
                shop,
                doors.served(),
                links.health(management.port()),
                links.shopAuthority(),
                stores,
                rooms.bus(),
                meters);
    }

    private void tellWhereTheShopIs(DevelopmentWorld world, Optional<URI> shop, Vertx vertx) {
        if (shop.isPresent()) {
            stages.done("the shop's sign", () -> {
                world.openAt(shop.get());
                return shop;
            });
        } else {
            world.openElsewhere(vertx);
        }
    }

    /** The first thing to run and the last to end: it tells how far the rest is. */
    private ManagementVerticle management(
            Vertx vertx,
            Links links,
            PrometheusMeterRegistry meters,
            Readiness readiness,
            Supplier<Optional<Minimisation.Report>> minimisation) {
        ManagementVerticle management = new ManagementVerticle(
                config.management().host(),
                config.management().port(),
                links.management().map(CertificateWatch::serverTls),
                List.of(
                        new HealthCheck("started", readiness::started),
                        new HealthCheck("database", readiness::database)),
                meters::scrape,
                minimisation);
        String name =
                "management server (management.port " + config.management().port() + ")";
        String deployment = stages.started(name, () -> vertx.deployVerticle(management));
        stages.endBy(name, () -> vertx.undeploy(deployment));
        links.management()
                .ifPresent(own -> CertificateWatch.begin(vertx, meters, "management", own, management::renew));
        return management;
    }
}
