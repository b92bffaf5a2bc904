package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a server and a Vert.x of their own, one for all of them; both end with them, and cleanly. */
abstract class OnAServer {

    @TempDir
    static Path directory;

    static EmbeddedPostgres server;
    static Vertx vertx;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(directory);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        TestServer.await(vertx.close());
        assertThat(server.stop()).as("the server stops cleanly").isTrue();
    }
}
