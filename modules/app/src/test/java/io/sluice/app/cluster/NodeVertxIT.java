package io.sluice.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Cluster;
import io.sluice.app.config.Pem;
import io.sluice.kernel.Clause;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    @Clause("B2")
    void whoOnlyLooksLikeANodeIsNotHeard(Likeness likeness) throws Exception {
        Cluster cluster = cluster();
        Vertx first = open(cluster, ours);
        serve(first);
        Vertx stranger = open(pretending(likeness, cluster.port()), theirs);

        assertThatThrownBy(() -> ask(stranger).await(20, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
        assertThat(heard).as("no message of the stranger arrived").hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    @Clause("B2")
    void whoOnlyLooksLikeANodeHearsNothing(Likeness likeness) throws Exception {
        Cluster cluster = cluster();
        Vertx first = open(cluster, ours);
        Vertx stranger = open(pretending(likeness, cluster.port()), theirs);
        serve(stranger);

        assertThatThrownBy(() -> ask(first).await(20, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
        assertThat(heard).as("no message reached the stranger").hasValue(0);
    }

    @Test
    @Clause("B2")
    void whoSpeaksInTheClearToTheBusIsHungUpOn() throws Exception {
        int busPort = LoopbackPort.free();
        Vertx first = open(cluster(LoopbackPort.free(), busPort, List.of(), Optional.empty(), Optional.empty()), ours);
        serve(first);

        try (Socket plain = new Socket("127.0.0.1", busPort)) {
            plain.setSoTimeout(30_000);
            // a message's length, its form's version, and that it is a ping
            plain.getOutputStream().write(new byte[] {0, 0, 0, 8, 2, 1, 0, 0, 0, 0, 0, 0});
            byte[] answer = plain.getInputStream().readAllBytes();
            assertThat(answer.length).as("an alert of TLS at most").isLessThan(16);
        }
        assertThat(heard).hasValue(0);
    }

    /** How somebody may come near to being a node. */
    private enum Likeness {
        EXPIRED,
        A_SERVER
    }

    /** Believes our nodes, and shows a certificate that is not one of theirs any more, or never was. */
    private Cluster pretending(Likeness likeness, int member) throws IOException {
        DevelopmentCertificates certificates = DevelopmentCertificates.of(ours);
        DevelopmentAuthority nodes = certificates.authority(Use.NODES);
        Pem shown = switch (likeness) {
            case EXPIRED -> nodes.certify(List.of("127.0.0.1"), Instant.now().minus(Duration.ofMinutes(1)));
            case A_SERVER -> certificates.authority(Use.SERVERS).certify(List.of("127.0.0.1"));
        };
        return cluster(
                LoopbackPort.free(),
                0,
                List.of("127.0.0.1:" + member),
                Optional.of(shown),
                Optional.of(nodes.certificate()));
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
        return cluster(LoopbackPort.free(), 0, List.of(), Optional.empty(), Optional.empty());
    }

    private static Cluster cluster(
            int port, int busPort, List<String> members, Optional<Pem> tls, Optional<String> ca) {
        return new Cluster(
                true,
                Optional.of("test-" + ProcessHandle.current().pid()),
                "127.0.0.1",
                port,
                busPort,
                members,
                false,
                tls,
                ca);
    }
}
