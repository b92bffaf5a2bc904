package io.sluice.load;

import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A node in a process of its own, its server with a store that has been filled, and the generator that orders there. */
record Stand(NodeProcess node, Server server, Ours ours) {

    /**
     * Fills a new node's store.
     *
     * @param data of that node
     * @param recordings where flight recordings of its turns go, if any are wanted
     */
    static Stand filled(
            NodeProcess node,
            Path data,
            BenchSettings settings,
            Optional<Path> recordings,
            Vertx vertx,
            Consumer<String> out)
            throws IOException, SQLException, TimeoutException {
        Server server = Server.of(data);
        Keystore keystore = Tokens.keystore(data);
        List<Buyer> buyers = seed(vertx, server, keystore, settings, out);
        Optional<Profile> profile = recordings.isPresent()
                ? Optional.of(new Profile(node.pid(), server, recordings.get()))
                : Optional.empty();
        return new Stand(node, server, new Ours(vertx, node, server, settings, new Tokens(keystore), buyers, profile));
    }

    private static List<Buyer> seed(
            Vertx vertx, Server server, Keystore keystore, BenchSettings settings, Consumer<String> out)
            throws IOException, SQLException, TimeoutException {
        long begun = System.nanoTime();
        out.accept(String.format(
                Locale.ROOT,
                "seeding %,d products and %,d persons with their keys",
                settings.skus(),
                settings.subjects()));
        Seeding seeding = Seeding.under(settings.home().resolve("config").resolve("policy"), server);
        seeding.stock(settings.skus());
        List<UUID> persons = seeding.persons(settings.subjects());
        List<Buyer> buyers = seeding.buyers(persons, settings.buyers());
        seeding.keys(vertx, keystore, persons);
        seeding.analyse();
        out.accept("seeded in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s");
        return buyers;
    }
}
