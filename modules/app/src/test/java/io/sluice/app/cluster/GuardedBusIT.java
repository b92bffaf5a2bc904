package io.sluice.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Cluster;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.testkit.LawfulBus;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.ClusterSerializable;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer on the bus that is no guard of ours sends: an object that would run code of its own where it is read. */
class GuardedBusIT {

    private static final AtomicInteger SPRUNG = new AtomicInteger();

    @TempDir
    Path dataDir;

    private final List<Vertx> opened = new ArrayList<>();

    @BeforeEach
    void nothingHasSprung() {
        SPRUNG.set(0);
    }

    /** By Java's own serialisation. */
    private static final class Trap implements Serializable {

        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            SPRUNG.incrementAndGet();
        }
    }

    /** By that of Vert.x, which makes any class that the sender names. */
    public static final class ClusterTrap implements ClusterSerializable {

        @Override
        public void writeToBuffer(Buffer buffer) {
            buffer.appendByte((byte) 1);
        }

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            SPRUNG.incrementAndGet();
            return position + 1;
        }
    }

    @AfterEach
    void close() throws Exception {
        for (Vertx each : opened.reversed()) {
            each.close().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @Clause("C1")
    void whatAPeerWroteByJavasSerialisationIsNeverRead() throws Exception {
        Cluster cluster = cluster();
        Vertx guarded = open(cluster);
        assertThat(LawfulBus.on(guarded, Catalogue.of(List.of()), List.of()).leaves())
                .isEmpty();
        listen(guarded);
        Vertx peer = open(cluster);

        lay(peer);

        assertThat(SPRUNG).as("objects made from what came over the bus").hasValue(0);
    }

    @Test
    @Clause("C1")
    void whoAsksWithWhatIsNotReadIsRefusedAtOnce() throws Exception {
        Cluster cluster = cluster();
        Vertx guarded = open(cluster);
        assertThat(LawfulBus.on(guarded, Catalogue.of(List.of()), List.of()).leaves())
                .isEmpty();
        listen(guarded);
        Vertx peer = open(cluster);
        peer.eventBus().serializableChecker(name -> true);

        String answer = peer.eventBus()
                .request("anything", new Trap())
                .transform(asked -> Future.succeededFuture(String.valueOf(asked.cause())))
                .await(30, TimeUnit.SECONDS);

        assertThat(answer).contains("RECIPIENT_FAILURE", PrivacyRefusal.NOT_A_PARCEL.code());
        assertThat(SPRUNG).hasValue(0);
    }

    @Test
    void withoutAGuardItIsRead() throws Exception {
        Cluster cluster = cluster();
        Vertx bare = open(cluster);
        bare.eventBus().serializableChecker(name -> true).clusterSerializableChecker(name -> true);
        listen(bare);
        Vertx peer = open(cluster);

        lay(peer);

        assertThat(SPRUNG).hasValue(2);
    }

    private static void listen(Vertx vertx) throws Exception {
        vertx.eventBus()
                .<Object>consumer("anything", message -> message.reply(String.valueOf(message.body())))
                .completion()
                .await(20, TimeUnit.SECONDS);
    }

    /** Sends both, and awaits the answer to a third: messages of one sender to one address arrive in order. */
    private static void lay(Vertx peer) throws Exception {
        peer.eventBus().serializableChecker(name -> true).clusterSerializableChecker(name -> true);
        peer.eventBus().send("anything", new Trap());
        peer.eventBus().send("anything", new ClusterTrap());
        peer.eventBus()
                .<Object>request("anything", "text")
                .transform(answered -> Future.succeededFuture(answered.succeeded()))
                .await(30, TimeUnit.SECONDS);
    }

    private Vertx open(Cluster cluster) throws Exception {
        NodeTls own = NodeTls.of(cluster, dataDir);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(NodeVertx.bus(cluster, own)))
                .withClusterManager(new HazelcastClusterManager(Membership.of(cluster, own)))
                .buildClustered()
                .await(60, TimeUnit.SECONDS);
        opened.add(vertx);
        return vertx;
    }

    private static Cluster cluster() throws IOException {
        int port = LoopbackPort.free();
        return new Cluster(
                true,
                Optional.of("guarded-" + ProcessHandle.current().pid()),
                "127.0.0.1",
                port,
                0,
                List.of("127.0.0.1:" + port),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
