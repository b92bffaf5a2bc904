package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.load.passthrough.PassThrough;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One order through to its end, on the product and on the node behind an open gate: what the second leaves out. */
class PassThroughIT {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final int SKUS = 10;
    private static final int LOOKS = 600;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private @Nullable Node node;

    @AfterEach
    void close() throws Exception {
        if (node != null) {
            assertThat(node.stop().troubles()).isEmpty();
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void theProductLeavesWhatEachHandlerWasGiven() throws Exception {
        Server server = afterOneOrder(Node::start);

        assertThat(uses(server, "order.place")).isEqualTo(1);
        assertThat(uses(server, "provider.authorise")).isEqualTo(1);
        assertThat(uses(server, "carrier.dispatch")).isEqualTo(1);
        assertThat(new LeafCheck(server, Server.DATA).findingsOfEnforcement(1)).isEmpty();
        assertThat(new LeafCheck(server, Server.DATA).findingsOfPassThrough())
                .as("leaves where there should be none")
                .isNotEmpty();
    }

    @Test
    void behindAnOpenGateTheSameOrderComesToItsEndAndNothingIsWrittenOfIt() throws Exception {
        Server server = afterOneOrder(PassThrough::start);

        assertThat(server.count(Server.DATA, "select count(*) from ledger.leaf"))
                .isZero();
        assertThat(server.count(Server.DATA, "select count(*) from ledger.batch"))
                .as("nothing for the sequencer to seal")
                .isZero();
        assertThat(new LeafCheck(server, Server.DATA).findingsOfPassThrough()).isEmpty();
        assertThat(new LeafCheck(server, Server.DATA).findingsOfEnforcement(1))
                .as("no leaves where there should be one")
                .isNotEmpty();
    }

    /** The store of a node that has carried one order to its end. */
    private Server afterOneOrder(Function<Config, Node> start) throws Exception {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", folder.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        node = start.apply(Config.read(flags, Map.of(), Optional.empty(), REPOSITORY));
        int port = node.shop().orElseThrow().getPort();
        Server server = Server.of(folder);

        assertThat(answer(port, request(server, port))).isEqualTo("HTTP/1.1 201 Created");

        awaitEnd(server);
        return server;
    }

    private byte[] request(Server server, int port) throws Exception {
        Keystore keystore = Tokens.keystore(folder);
        Seeding seeding = Seeding.under(REPOSITORY.resolve("config/policy"), server);
        seeding.stock(SKUS);
        List<UUID> persons = seeding.persons(1);
        seeding.keys(vertx, keystore, persons);
        List<String> tokens = new Tokens(keystore).sign(seeding.buyers(persons, 1));
        return new OrderRequests(port, tokens, SKUS).next().getBytes();
    }

    private static String answer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request);
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }

    private void awaitEnd(Server server) throws Exception {
        String state = "";
        for (int look = 0; look < LOOKS && !state.equals("CLOSED"); look++) {
            Pause.of(vertx, LOOK_EVERY_MILLIS);
            state = server.value(Server.DATA, "select state from commerce.orders");
        }
        assertThat(state).as("the order's end").isEqualTo("CLOSED");
    }

    private static long uses(Server server, String contract) throws Exception {
        return server.count(Server.DATA, """
                select count(*) from ledger.leaf where convert_from(bytes, 'UTF8') like '%%"contract":"%s"%%'
                    and convert_from(bytes, 'UTF8') like '%%"decision":"permit"%%'""".formatted(contract));
    }
}
