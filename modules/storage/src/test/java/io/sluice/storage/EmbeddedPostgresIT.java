package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresIT {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void isDurableUnlessToldOtherwiseAndKeepsItsPasswordToItsOwner() throws IOException {
        EmbeddedPostgres server =
                EmbeddedPostgres.start(EmbeddedPostgres.Settings.durable(directory), List.of("sluice"));
        Database database = Database.open(vertx, server.settings("sluice"));
        assertThat(setting(database, "fsync")).isEqualTo("on");
        assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
        assertThat(setting(database, "server_version")).startsWith("18");
        assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(server.stop()).isTrue();
    }

    @Test
    void oneDirectoryServesOneAtATime() throws IOException {
        try (EmbeddedPostgres server = TestServer.start(directory)) {
            assertThat(server.settings("sluice").port()).isPositive();
            assertThatThrownBy(() -> TestServer.start(directory)).hasMessageContaining("another Sluice is at work");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws IOException {
        try (EmbeddedPostgres server = TestServer.start(directory)) {
            Database database = Database.open(vertx, server.settings("sluice"));
            await(database.query("create table kept (n int)", Tuple.tuple()));
            await(database.query("insert into kept values (42)", Tuple.tuple()));
        }
        try (EmbeddedPostgres server = TestServer.start(directory)) {
            Database database = Database.open(vertx, server.settings("sluice"));
            assertThat(await(database.query("select n from kept", Tuple.tuple()))
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isEqualTo(42);
        }
    }

    @Test
    void theServerEndsWithAJvmThatIsKilled() throws Exception {
        Process node = startInItsOwnJvm();
        long server = serverPid();
        assertThat(ProcessHandle.of(server)).isPresent();

        assertThat(node.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();

        ProcessHandle.of(server)
                .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(java.time.Duration.ofSeconds(30)));
    }

    @Test
    void anOrphanedServerIsStoppedAndTheDirectoryComesUpAgain() throws Exception {
        Process node = startInItsOwnJvm();
        long orphan = serverPid();
        Path data = directory.resolve("data");
        // the watching shells go first: then nobody stops the server when the JVM dies; the inner one before its
        // parent, whose
        // end closes the pipe that it listens to
        node.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("sh"))
                .toList()
                .reversed()
                .forEach(ProcessHandle::destroyForcibly);
        assertThat(node.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(OrphanedServer.isServerOn(orphan, data))
                .as("an orphan is left")
                .isTrue();

        try (EmbeddedPostgres server = TestServer.start(directory)) {
            assertThat(OrphanedServer.isServerOn(orphan, data)).isFalse();
            await(Database.open(vertx, server.settings("sluice")).ping());
        }
    }

    @Test
    void aPidFileThatNamesAnotherLiveProcessIsClearedAway() throws IOException {
        TestServer.start(directory).close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n");
        try (EmbeddedPostgres server = TestServer.start(directory)) {
            await(Database.open(vertx, server.settings("sluice")).ping());
        }
    }

    private Process startInItsOwnJvm() throws IOException {
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerInItsOwnJvm.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            line = out.readLine();
        }
        assertThat(line).isEqualTo("ready");
        return node;
    }

    private long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static String setting(Database database, String name) {
        return await(database.query("select current_setting($1)", Tuple.of(name)))
                .iterator()
                .next()
                .getString(0);
    }
}
