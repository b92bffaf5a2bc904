package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.authorisation;
import static io.sluice.app.sandbox.World.parcelFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRoutes;
import io.sluice.gateway.webhook.WebhookSettings;
import io.sluice.gateway.webhook.standard.StandardKey;
import io.sluice.gateway.webhook.standard.StandardWebhooks;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a partner's effect to the inbox's address, over real HTTP and through the gateway's own verifier. */
class CallbackLoopIT {

    @TempDir
    Path directory;

    private final BlockingQueue<Callback> inbox = new LinkedBlockingQueue<>();

    @Test
    void whatThePartnersTellReachesTheInbox() throws Exception {
        try (World world = new World(directory)) {
            world.partners().callBack(shop(world));
            UUID operation = UUID.randomUUID();
            world.provider("/v1/authorisations", operation.toString(), authorisation("pm_card_visa"));

            Callback paid = next();
            assertThat(paid.partner()).isEqualTo("sandbox");
            assertThat(paid.kind()).isEqualTo("authorisation.succeeded");
            assertThat(paid.operationId()).isEqualTo(operation);
            assertThat(paid.reference()).startsWith("au_");
            assertThat(paid.amount()).isEqualTo(1999);
            assertThat(paid.currency()).isEqualTo("EUR");

            UUID shipment = UUID.randomUUID();
            world.carrier("/v1/parcels", shipment.toString(), parcelFor("Ada"));
            for (String status : List.of("accepted", "in_transit", "out_for_delivery", "delivered")) {
                Callback moved = next();
                assertThat(moved.kind()).isEqualTo("shipment." + status);
                assertThat(moved.status()).isEqualTo(status);
                assertThat(moved.operationId()).isEqualTo(shipment);
                assertThat(moved.trackingNumber()).startsWith("SBX");
            }
        }
    }

    @Test
    void aPartnerWithAnotherSecretIsNotBelieved() throws Exception {
        SandboxSettings.Partner forger = new SandboxSettings.Partner(0, "provider-key", "another secret");
        try (World world = new World(
                directory,
                plain -> new SandboxSettings(
                        plain.directory(),
                        plain.host(),
                        forger,
                        plain.carrier(),
                        null,
                        plain.pace(),
                        plain.retries(),
                        plain.faults()))) {
            world.partners().callBack(shop(world));
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            world.carrier("/v1/parcels", "k1", parcelFor("Ada"));

            for (int n = 0; n < 4; n++) {
                assertThat(next().kind()).startsWith("shipment.");
            }
            assertThat(inbox).isEmpty();
        }
    }

    private URI shop(World world) throws Exception {
        LawfulBus lawful = LawfulBus.on(
                world.vertx, Catalogue.of(CommerceFields.ALL), List.of(Callbacks.PAYMENT, Callbacks.SHIPMENT));
        World.await(lawful.bus().serve(Callbacks.PAYMENT, asked -> takeIn(asked.view())));
        World.await(lawful.bus().serve(Callbacks.SHIPMENT, asked -> takeIn(asked.view())));
        Router router = Router.router(world.vertx);
        new WebhookRoutes(
                        lawful.bus(),
                        new SimpleMeterRegistry(),
                        WebhookSettings.of(
                                Map.of("sandbox", standard(Channel.PAYMENTS)),
                                Map.of("sandbox", standard(Channel.CARRIERS))),
                        (http, refusal) ->
                                http.response().setStatusCode(refusal.status()).end())
                .mount(router);
        HttpServer server = World.await(
                world.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static CallbackProtocol standard(Channel channel) {
        return new StandardWebhooks(
                channel,
                List.of(StandardKey.of(World.SECRET)),
                new Freshness(Duration.ofSeconds(300), InstantSource.system()));
    }

    private Future<Outcome<Parcel>> takeIn(Callback callback) {
        inbox.add(callback);
        return Future.succeededFuture(Outcome.done(Parcel.plain()));
    }

    private Callback next() throws InterruptedException {
        Callback next = inbox.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing reached the inbox");
        }
        return next;
    }
}
