package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes of one data directory leave there for each other. */
class DevelopmentFilesTest {

    @TempDir
    Path dataDir;

    @Test
    void aSecretIsMadeOnceAndForItsOwnerOnly() throws IOException {
        Secret first = new DevelopmentSecrets(dataDir).webhook("a");

        assertThat(new DevelopmentSecrets(dataDir).webhook("a")).isEqualTo(first);
        assertThat(first.reveal()).startsWith("whsec_").hasSizeGreaterThan(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("secrets/a"))))
                .isEqualTo("rw-------");
    }

    @Test
    void secretsOfTwoNamesDiffer() {
        DevelopmentSecrets secrets = new DevelopmentSecrets(dataDir);

        assertThat(secrets.key("a")).isNotEqualTo(secrets.key("b"));
    }

    @Test
    void nodesThatStartAtOnceAgreeOnASecret() throws Exception {
        int nodes = 8;
        CyclicBarrier together = new CyclicBarrier(nodes);
        Callable<Secret> node = () -> {
            together.await();
            return new DevelopmentSecrets(dataDir).key("shared");
        };
        Set<Secret> seen = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            for (Future<Secret> each : threads.invokeAll(
                    IntStream.range(0, nodes).mapToObj(i -> node).toList())) {
                seen.add(each.get());
            }
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void oneNodeAtATimeIsTheHost() throws IOException {
        try (NodeLock held = NodeLock.take(dataDir).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(NodeLock.take(dataDir)).isEmpty();
        }
        try (NodeLock next = NodeLock.take(dataDir).orElseThrow()) {
            assertThat(next).as("the lock is free again").isNotNull();
        }
    }

    @Test
    void whatTheHostWroteTheGuestReads() throws IOException {
        WorldFile.Places places = new WorldFile.Places(
                true, 5432, "sluice", "secret", Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty());

        new WorldFile(dataDir).write(places);

        assertThat(new WorldFile(dataDir).read()).contains(places);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("world.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aWorldThatDoesNotAnswerIsNotTakenForAlive() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            new WorldFile(dataDir)
                    .write(new WorldFile.Places(false, port, "u", "p", Optional.empty(), Optional.empty()));
            assertThat(new WorldFile(dataDir).readAlive()).isPresent();
            assertThat(new WorldFile(dataDir).portOfLastTime())
                    .as("taken by now")
                    .isZero();
        }
        assertThat(new WorldFile(dataDir).readAlive()).isEmpty();
        assertThat(new WorldFile(dataDir).portOfLastTime()).isEqualTo(port);
    }

    @Test
    void aDamagedWorldFileIsAsGoodAsNone() throws IOException {
        Files.writeString(dataDir.resolve("world.json"), "{\"database_port\": ");

        assertThat(new WorldFile(dataDir).read()).isEmpty();
        assertThat(new WorldFile(dataDir).portOfLastTime()).isZero();
    }

    @Test
    void theShopsSignSaysWhoOpenedLast() throws IOException {
        ShopSign sign = new ShopSign(dataDir);
        assertThat(sign.read()).isEmpty();

        sign.hang(URI.create("http://127.0.0.1:1"));
        sign.hang(URI.create("http://127.0.0.1:2"));

        assertThat(sign.read()).contains(URI.create("http://127.0.0.1:2"));
    }
}
