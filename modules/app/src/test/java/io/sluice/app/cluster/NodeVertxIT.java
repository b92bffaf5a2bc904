package io.sluice.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.config.Cluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on one machine, on real sockets. */
class NodeVertxIT {

    private static final String ADDRESS = "echo";

    @TempDir
    Path ours;

    @TempDir
    Path theirs;

    private final List<Vertx> opened = new ArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();

    @AfterEach
    void close() throws TimeoutException {
        for (Vertx each : opened.reversed()) {
            each.close().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void nodesOfOneAuthorityTalk() throws Exception {
        Cluster cluster = cluster();
        Vertx first = open(cluster, ours);
        serve(first);
        Vertx second = open(cluster, ours);

        assertThat(ask(second).await(20, TimeUnit.SECONDS).body()).isEqualTo("heard");
        assertThat(heard).hasValue(1);
    }

    @Test
    void aNodeOfAnotherAuthorityIsNotHeard() throws Exception {
        Cluster cluster = cluster();
        Vertx first = open(cluster, ours);
        serve(first);
        Vertx stranger = open(cluster, theirs);

        assertThatThrownBy(() -> ask(stranger).await(20, TimeUnit.SECONDS))
                .as("the bus connection of a stranger must not come about")
                .isInstanceOf(Exception.class);
        assertThat(heard).as("no message of the stranger arrived").hasValue(0);
    }

    @Test
    void aNodeOfAnotherAuthorityHearsNothing() throws Exception {
        Cluster cluster = cluster();
        Vertx stranger = open(cluster, theirs);
        serve(stranger);
        Vertx second = open(cluster, ours);

        assertThatThrownBy(() -> ask(second).await(20, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
        assertThat(heard).as("no message reached the stranger").hasValue(0);
    }

    private void serve(Vertx vertx) throws TimeoutException {
        vertx.eventBus()
                .<String>consumer(ADDRESS, message -> {
                    heard.incrementAndGet();
                    message.reply("heard");
                })
                .completion()
                .await(20, TimeUnit.SECONDS);
    }

    private static Future<Message<String>> ask(Vertx vertx) {
        return vertx.eventBus().request(ADDRESS, "hello", new DeliveryOptions().setSendTimeout(5_000));
    }

    private Vertx open(Cluster cluster, Path dataDir) throws TimeoutException {
        Vertx vertx =
                NodeVertx.open(cluster, dataDir, new SimpleMeterRegistry()).await(60, TimeUnit.SECONDS);
        opened.add(vertx);
        return vertx;
    }

    // the name is given, since one made of the authority would keep strangers from joining at all
    private static Cluster cluster() throws IOException {
        return new Cluster(
                true,
                Optional.of("test-" + ProcessHandle.current().pid()),
                "127.0.0.1",
                freePort(),
                0,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
