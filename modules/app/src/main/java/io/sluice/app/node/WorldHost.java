package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.sandbox.SandboxPartners;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the embedded PostgreSQL and the sandbox partners of a data directory, as far as the configuration wants them. */
final class WorldHost {

    private final WorldFile.Places places;
    private final Optional<SandboxPartners> partners;

    private WorldHost(WorldFile.Places places, Optional<SandboxPartners> partners) {
        this.places = places;
        this.partners = partners;
    }

    static WorldHost open(Config config, Links links, NodeLock lock, WorldFile file, Stages stages, Vertx vertx)
            throws IOException {
        stages.endBy(
                "data directory",
                () -> vertx.executeBlocking(() -> {
                    lock.close();
                    return true;
                }));
        Optional<DatabaseSettings> database = Optional.empty();
        if (wantsDatabase(config)) {
            int port = file.portOfLastTime();
            EmbeddedPostgres server = stages.done(
                    "embedded PostgreSQL",
                    () -> EmbeddedPostgres.start(
                            new EmbeddedPostgres.Settings(
                                    config.dataDir().resolve("postgres"), true, port, List.of(), links.database()),
                            databases(config)));
            stages.endBy(
                    "embedded PostgreSQL",
                    () -> vertx.executeBlocking(server::stop)
                            .compose(clean -> Boolean.TRUE.equals(clean)
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(
                                            new IllegalStateException("PostgreSQL did not stop by itself"))));
            database = Optional.of(server.settings(DevelopmentWorld.DATA));
        }
        Optional<SandboxPartners> partners = Optional.empty();
        if (Sandboxes.wanted(config)) {
            SandboxPartners running = stages.started(
                    "sandbox partners",
                    () -> SandboxPartners.start(vertx, Sandboxes.settings(config, links, Optional.empty())));
            stages.endBy("sandbox partners", running::close);
            partners = Optional.of(running);
        }
        WorldFile.Places places = new WorldFile.Places(
                config.developmentTls(),
                database.map(DatabaseSettings::port).orElse(0),
                database.map(DatabaseSettings::user).orElse(""),
                database.map(DatabaseSettings::password).orElse(""),
                partners.map(SandboxPartners::provider),
                partners.map(SandboxPartners::carrier));
        file.write(places);
        return new WorldHost(places, partners);
    }

    WorldFile.Places places() {
        return places;
    }

    void callBack(URI shop) {
        partners.ifPresent(each -> each.callBack(shop));
    }

    private static boolean wantsDatabase(Config config) {
        return config.database().url().isEmpty()
                || config.keyStores().values().stream()
                        .anyMatch(keys -> keys.database().url().isEmpty());
    }

    private static List<String> databases(Config config) {
        List<String> names = new ArrayList<>(List.of(DevelopmentWorld.DATA));
        names.addAll(KeyStores.databases(config).keySet());
        return names;
    }
}
