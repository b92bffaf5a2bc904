package io.sluice.app.node;

import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.DatabaseTimeouts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What development brings along for a data directory: the embedded PostgreSQL and the sandbox partners. The first node of a
 * directory is its host and runs them; nodes that join it by {@code --cluster} are guests and use them.
 */
final class DevelopmentWorld {

    static final String DATA = "sluice";
    static final String KEYS = "sluice_keys";

    private static final Duration GUEST_PATIENCE = Duration.ofSeconds(60);
    private static final Duration GUEST_LOOKS_EVERY = Duration.ofMillis(200);

    private final Optional<WorldHost> host;
    private final WorldFile.Places places;
    private final ShopSign sign;
    private final Path dataDir;

    private DevelopmentWorld(Optional<WorldHost> host, WorldFile.Places places, Path dataDir) {
        this.host = host;
        this.places = places;
        this.sign = new ShopSign(dataDir);
        this.dataDir = dataDir;
    }

    /**
     * Becomes host or guest. Blocks.
     *
     * @throws StartFailed if another node is at work on the directory and this one is not to join it
     */
    static DevelopmentWorld open(Config config, Links links, Stages stages, Vertx vertx) {
        Path dataDir = config.dataDir();
        WorldFile file = new WorldFile(dataDir);
        try {
            Files.createDirectories(
                    dataDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Optional<NodeLock> lock = NodeLock.take(dataDir);
            if (lock.isPresent()) {
                WorldHost host = WorldHost.open(config, links, lock.get(), file, stages, vertx);
                return new DevelopmentWorld(Optional.of(host), host.places(), dataDir);
            }
            if (!config.cluster().enabled()) {
                throw new IOException("another node is at work on " + dataDir
                        + "; stop it, give this one another --data-dir, or let it join by --cluster");
            }
            WorldFile.Places places = await(file, vertx);
            if (places.tls() != config.developmentTls()) {
                throw new IOException("the node that holds " + dataDir
                        + (places.tls()
                                ? " speaks TLS: start this one by --tls too"
                                : " speaks no TLS: leave --tls out"));
            }
            return new DevelopmentWorld(Optional.empty(), places, dataDir);
        } catch (IOException e) {
            throw new StartFailed("the development world", e);
        }
    }

    /** The databases of whoever is at work on a data directory now, by name; empty if nobody answers there. */
    static Optional<Function<String, DatabaseSettings>> beside(Path dataDir) throws IOException {
        return new WorldFile(dataDir)
                .readAlive()
                .filter(places -> places.databasePort() != 0)
                .map(places -> name -> database(places, dataDir, name));
    }

    /** One database of the embedded server. */
    DatabaseSettings database(String name) {
        return database(places, dataDir, name);
    }

    private static DatabaseSettings database(WorldFile.Places places, Path dataDir, String name) {
        Path authority = DevelopmentCertificates.of(dataDir).authorityFile(Use.SERVERS);
        return new DatabaseSettings(
                "127.0.0.1",
                places.databasePort(),
                name,
                places.user(),
                places.password(),
                places.tls() ? Optional.of(authority.toString()) : Optional.empty(),
                1,
                1,
                DatabaseTimeouts.standard());
    }

    Optional<URI> provider() {
        return places.provider();
    }

    Optional<URI> carrier() {
        return places.carrier();
    }

    /** Says where the shop is open, to the partners if they run here, and to a host that has no doors of its own. */
    void openAt(URI shop) throws IOException {
        sign.hang(shop);
        host.ifPresent(each -> each.callBack(shop));
    }

    /** Without doors of our own: has the partners, if they run here, call back wherever a node opens the shop. */
    void openElsewhere(Vertx vertx) {
        host.ifPresent(each -> sign.watch(vertx, each::callBack));
    }

    // the host may be starting at this very moment
    private static WorldFile.Places await(WorldFile file, Vertx vertx) throws IOException {
        long giveUp = System.nanoTime() + GUEST_PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            Optional<WorldFile.Places> places = file.readAlive();
            if (places.isPresent()) {
                return places.get();
            }
            pause(vertx);
        }
        throw new IOException(
                "another node holds the data directory, and its database and partners do not answer after "
                        + GUEST_PATIENCE.toSeconds() + " s");
    }

    private static void pause(Vertx vertx) throws IOException {
        try {
            vertx.timer(GUEST_LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                    .await(GUEST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("this machine is too busy to keep time", e);
        }
    }
}
