package io.sluice.storage;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting servers, halting them, and awaiting Futures, for this room's tests. */
final class TestServer {

    private TestServer() {}

    static EmbeddedPostgres start(Path directory) throws IOException {
        return EmbeddedPostgres.start(new EmbeddedPostgres.Settings(directory, false, 0, List.of()), List.of("sluice"));
    }

    /** The same database, which may take a second or so to answer. */
    static DatabaseSettings impatient(DatabaseSettings at) {
        return at.within(
                1,
                1000,
                new DatabaseTimeouts(
                        Duration.ofMillis(300),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(1200),
                        Duration.ofMillis(600)));
    }

    /** Somebody else's connection, by another driver and without our time-outs. */
    static Connection connect(EmbeddedPostgres server) throws SQLException {
        DatabaseSettings at = server.settings("sluice");
        return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
    }

    /** The process that accepts a server's connections. */
    static long pid(Path directory) throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** Keeps a process from doing anything, its connections open, until it is told to go on. */
    static void halt(long pid) {
        signal("STOP", pid);
    }

    static void goOn(long pid) {
        signal("CONT", pid);
    }

    private static void signal(String name, long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("no process " + pid + " took " + name);
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no signal could be sent", failed);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing came within thirty seconds", late);
        }
    }
}
