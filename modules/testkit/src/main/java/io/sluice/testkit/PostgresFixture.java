package io.sluice.testkit;

import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.sluice.storage.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One real PostgreSQL for all tests of a JVM, in a temporary directory that is deleted at the end, and a fresh database for
 * whoever asks. It does not wait for the disk: tests about durability start a server of their own.
 */
public final class PostgresFixture {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private PostgresFixture() {}

    /** A new, empty database with these rooms' migrations. */
    public static DatabaseSettings freshDatabase(String... rooms) {
        String name = "test_" + COUNT.incrementAndGet();
        try {
            Holder.SERVER.createDatabases(List.of(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        DatabaseSettings settings = Holder.SERVER.settings(name);
        Migrations.run(settings, List.of(rooms));
        return settings;
    }

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory("sluice-test-");
                EmbeddedPostgres server = EmbeddedPostgres.start(
                        new EmbeddedPostgres.Settings(directory, false, 0, List.of()), List.of());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory)));
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void stop(EmbeddedPostgres server, Path directory) {
            server.close();
            try (Stream<Path> paths = Files.walk(directory)) {
                paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                    if (!file.delete()) {
                        file.deleteOnExit();
                    }
                });
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
