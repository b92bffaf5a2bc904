package io.sluice.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Cluster;
import io.sluice.kernel.Clause;
import io.sluice.testkit.LoopbackPort;
import io.sluice.testkit.Wiretap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, and somebody who listens on the wire of the bus between them. */
class TappedBusIT {

    private static final String CANARY = "Kanarienvogel";

    @TempDir
    Path dataDir;

    private final List<Vertx> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Vertx each : opened.reversed()) {
            each.close().await(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("B2")
    void whatNodesSayToEachOtherIsReadOnTheWireOnlyWithoutTls(boolean tls) throws Exception {
        int port = LoopbackPort.free();
        int busPort = LoopbackPort.free();
        try (Wiretap tap = Wiretap.before(busPort)) {
            // others are told that this node is where the tap is
            Vertx first = open(cluster(port, busPort), tls, OptionalInt.of(tap.port()));
            first.eventBus()
                    .<String>consumer("echo", message -> message.reply("heard"))
                    .completion()
                    .await(20, TimeUnit.SECONDS);
            Vertx second = open(cluster(port, 0), tls, OptionalInt.empty());

            assertThat(second.eventBus()
                            .<String>request("echo", CANARY)
                            .await(30, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("heard");
            assertThat(tap.bytes()).isPositive();
            assertThat(tap.hasHeard(CANARY))
                    .as("the canary is read on the wire")
                    .isEqualTo(!tls);
        }
    }

    private Vertx open(Cluster cluster, boolean tls, OptionalInt publicPort) throws Exception {
        NodeTls own = NodeTls.of(cluster, dataDir);
        EventBusOptions bus = tls
                ? NodeVertx.bus(cluster, own)
                : new EventBusOptions()
                        .setHost(cluster.host())
                        .setClusterPublicHost(cluster.host())
                        .setPort(cluster.busPort());
        publicPort.ifPresent(bus::setClusterPublicPort);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(bus))
                .withClusterManager(new HazelcastClusterManager(Membership.of(cluster, own)))
                .buildClustered()
                .await(60, TimeUnit.SECONDS);
        opened.add(vertx);
        return vertx;
    }

    private static Cluster cluster(int port, int busPort) {
        return new Cluster(
                true,
                Optional.of("tapped-" + ProcessHandle.current().pid()),
                "127.0.0.1",
                port,
                busPort,
                List.of("127.0.0.1:" + port),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
