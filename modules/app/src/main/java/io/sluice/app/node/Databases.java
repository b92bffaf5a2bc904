package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.DatabaseConfig;
import io.sluice.app.config.Secret;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.sluice.storage.Migrations;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Says in storage's words where a configured database is. */
final class Databases {

    private static final int POSTGRES_PORT = 5432;

    private Databases() {}

    static DatabaseSettings of(URI url, DatabaseConfig config) {
        return new DatabaseSettings(
                url.getHost(),
                url.getPort() < 0 ? POSTGRES_PORT : url.getPort(),
                url.getPath().substring(1),
                url.getUserInfo(),
                config.password().map(Secret::reveal).orElse(""),
                config.ca().map(Databases::file),
                config.connections(),
                config.maxWaiting(),
                config.timeouts());
    }

    /** The embedded server, with the configured limits. */
    static DatabaseSettings of(DatabaseSettings embedded, DatabaseConfig config) {
        return embedded.within(config.connections(), config.maxWaiting(), config.timeouts());
    }

    // the drivers want the authority's certificate as a file; it is public
    private static String file(String pem) {
        try {
            Path file = Files.createTempFile("sluice-database-ca-", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the database's certificate authority", e);
        }
    }

    /** {@link #reach(Config, Map, Stages, Vertx)} for one. */
    static DatabaseSettings reach(Config config, DatabaseConfig wanted, String name, Stages stages, Vertx vertx)
            throws IOException {
        return reach(config, Map.of(name, wanted), stages, vertx).apply(name);
    }

    /**
     * For a command: the configured databases; in development those of the node at work on the data directory, or else of a server
     * that is started for this and ends with the stages. Blocks.
     *
     * @param wanted by the name that development gives each
     * @return where each is, by that name
     */
    static Function<String, DatabaseSettings> reach(
            Config config, Map<String, DatabaseConfig> wanted, Stages stages, Vertx vertx) throws IOException {
        List<String> embedded = config.profile().isDevelopment()
                ? wanted.keySet().stream()
                        .filter(name ->
                                Objects.requireNonNull(wanted.get(name)).url().isEmpty())
                        .toList()
                : List.of();
        Function<String, DatabaseSettings> server =
                embedded.isEmpty() ? Databases::notEmbedded : embedded(config.dataDir(), embedded, stages, vertx);
        return name -> {
            DatabaseConfig one = Objects.requireNonNull(wanted.get(name));
            return one.url().map(url -> of(url, one)).orElseGet(() -> of(server.apply(name), one));
        };
    }

    private static DatabaseSettings notEmbedded(String name) {
        throw new IllegalStateException("no database is configured and none is embedded");
    }

    private static Function<String, DatabaseSettings> embedded(
            Path dataDir, List<String> names, Stages stages, Vertx vertx) throws IOException {
        Optional<NodeLock> lock = NodeLock.take(dataDir);
        if (lock.isEmpty()) {
            return DevelopmentWorld.beside(dataDir)
                    .orElseThrow(() -> new IOException("a node is starting or ending on " + dataDir + "; try again"));
        }
        stages.endBy(
                "data directory",
                () -> vertx.executeBlocking(() -> {
                    lock.get().close();
                    return true;
                }));
        EmbeddedPostgres server =
                EmbeddedPostgres.start(EmbeddedPostgres.Settings.durable(dataDir.resolve("postgres")), names);
        stages.endBy("embedded PostgreSQL", () -> vertx.executeBlocking(server::stop));
        return server::settings;
    }

    /** Brings the tables of these rooms up to date, and opens the database until the stages end. */
    static Database migrated(DatabaseSettings settings, List<String> rooms, Stages stages, Vertx vertx) {
        stages.done("migrations of " + settings, () -> {
            Migrations.run(settings, rooms);
            return settings;
        });
        return opened(settings, stages, vertx);
    }

    /** Opens the database, as it is, until the stages end. */
    static Database opened(DatabaseSettings settings, Stages stages, Vertx vertx) {
        Database database = Database.open(vertx, settings);
        stages.endBy("connections to " + settings, database::close);
        return database;
    }

    /** The configured database, or the one of this name on the embedded server. */
    static DatabaseSettings choose(DatabaseConfig config, Optional<DevelopmentWorld> world, String name) {
        return config.url()
                .map(url -> of(url, config))
                .or(() -> world.map(each -> of(each.database(name), config)))
                .orElseThrow(() -> new IllegalStateException("no database is configured and none is embedded"));
    }
}
