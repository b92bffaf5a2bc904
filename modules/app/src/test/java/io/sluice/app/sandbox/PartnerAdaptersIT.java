package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.ProviderParcels.BUYER;
import static io.sluice.app.sandbox.ProviderParcels.ORDER;
import static io.sluice.app.sandbox.ProviderParcels.authorise;
import static io.sluice.app.sandbox.ProviderParcels.onward;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.CarrierCalls;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.gateway.partner.PartnerSettings;
import io.sluice.gateway.partner.SandboxCarrierVerticle;
import io.sluice.gateway.partner.SandboxProviderVerticle;
import io.sluice.guard.Address;
import io.sluice.guard.HandlerFailed;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Unavailable;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's adapters, asked over the bus as commerce asks them, against the real sandbox partners over HTTP. */
class PartnerAdaptersIT {

    private static final Duration TIMEOUT = Duration.ofMillis(700);

    @TempDir
    Path directory;

    private World world;
    private LawfulBus lawful;

    @BeforeEach
    void open() throws Exception {
        world = new World(directory);
        lawful = LawfulBus.on(
                world.vertx,
                Catalogue.of(CommerceFields.ALL),
                List.of(
                        ProviderCalls.AUTHORISE,
                        ProviderCalls.CAPTURE,
                        ProviderCalls.VOID,
                        ProviderCalls.REFUND,
                        ProviderCalls.LOOKUP,
                        CarrierCalls.DISPATCH,
                        CarrierCalls.LOOKUP));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void adapters() {
        provider(world.partners().provider(), "provider-key", 64, 100);
        World.await(world.vertx.deployVerticle(new SandboxCarrierVerticle(
                lawful.bus(),
                PartnerSettings.of(
                        "sandbox-carrier", world.partners().carrier(), Optional.empty(), "carrier-key", TIMEOUT),
                new SimpleMeterRegistry())));
    }

    private void provider(URI base, String key, int inFlight, int waiting) {
        provider(base, key, TIMEOUT, inFlight, waiting);
    }

    private void provider(URI base, String key, Duration timeout, int inFlight, int waiting) {
        World.await(world.vertx.deployVerticle(new SandboxProviderVerticle(
                lawful.bus(),
                new PartnerSettings("sandbox-provider", base, Optional.empty(), key, timeout, inFlight, waiting),
                new SimpleMeterRegistry())));
    }

    private <R> R done(Address<?, R> address, Parcel parcel) {
        return switch (World.await(lawful.bus().ask(address, parcel))) {
            case Outcome.Done<R> done -> done.value();
            case Outcome.Refused<R> refused -> throw new AssertionError("refused: " + refused.code());
        };
    }

    private Throwable fault(Address<?, ?> address, Parcel parcel) {
        return World.failure(lawful.bus().ask(address, parcel));
    }

    private static Parcel about(UUID operation) {
        return Parcel.plain().with(CommerceFields.OPERATION_ID, operation);
    }

    private static Parcel dispatch(UUID shipment, String name) {
        return Parcel.about(Parties.of(BUYER, ORDER))
                .with(CommerceFields.OPERATION_ID, shipment)
                .with(CommerceFields.ORDER_ID, ORDER)
                .withSealed(CommerceFields.DELIVERY_NAME, LawfulBus.sealed(name))
                .withSealed(CommerceFields.DELIVERY_LINE1, LawfulBus.sealed("해운대로 33"))
                .withSealed(CommerceFields.DELIVERY_CITY, LawfulBus.sealed("서울특별시"))
                .withSealed(CommerceFields.DELIVERY_POSTCODE, LawfulBus.sealed("04066"))
                .withSealed(CommerceFields.DELIVERY_COUNTRY, LawfulBus.sealed("KR"));
    }

    private static UUID operation() {
        return UUID.randomUUID();
    }

    @ParameterizedTest
    @CsvSource({"pm_card_visa, succeeded", "pm_card_declined, declined", "pm_card_3ds, requires_action"})
    void aDefiniteAnswerComesBackAsAnOutcome(String method, String status) {
        adapters();
        ProviderCalls.Answer answer = done(ProviderCalls.AUTHORISE, authorise(operation(), method));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reference()).startsWith("au_");
        assertThat(answer.amount()).isEqualTo(1999);
        assertThat(answer.currency()).isEqualTo("EUR");
        assertThat(answer.nextActionUrl() != null).isEqualTo(status.equals("requires_action"));
        assertThat(answer.reason()).isEqualTo(status.equals("declined") ? "card_declined" : null);
    }

    @Test
    void moneyGoesAllTheWayAndBack() {
        adapters();
        String authorisation = String.valueOf(done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa"))
                .reference());

        ProviderCalls.Answer capture = done(
                ProviderCalls.CAPTURE, onward(operation(), authorisation, 1500).with(CommerceFields.FINAL, false));
        assertThat(capture.status()).isEqualTo("succeeded");
        assertThat(done(ProviderCalls.VOID, onward(operation(), authorisation, 499))
                        .status())
                .isEqualTo("succeeded");
        String captured = String.valueOf(capture.reference());
        assertThat(done(ProviderCalls.REFUND, onward(operation(), captured, 1500))
                        .status())
                .isEqualTo("succeeded");
        assertThat(done(ProviderCalls.REFUND, onward(operation(), captured, 1)))
                .extracting(ProviderCalls.Answer::status, ProviderCalls.Answer::reason)
                .containsExactly("failed", "nothing_left");
        assertThat(world.effects("provider.ndjson"))
                .containsExactly("authorised", "captured", "voided", "refunded", "refund_failed");
    }

    @Test
    void aVoidLetsGoOfAllThatIsHeldThoughThatIsLessThanWasAskedFor() {
        adapters();
        String authorisation = String.valueOf(done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa"))
                .reference());
        assertThat(done(ProviderCalls.VOID, onward(operation(), authorisation, 2000))
                        .status())
                .isEqualTo("succeeded");
        assertThat(world.lines("provider.ndjson").getLast().getLong("amount")).isEqualTo(1999);
    }

    @Test
    void aLookupTellsOfWhatHasBeenUndoneSince() {
        adapters();
        String authorisation =
                String.valueOf(done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_capture_fails_late"))
                        .reference());
        UUID capture = operation();
        assertThat(done(
                                ProviderCalls.CAPTURE,
                                onward(capture, authorisation, 1999).with(CommerceFields.FINAL, true))
                        .status())
                .isEqualTo("succeeded");
        world.next("capture.reversed");
        assertThat(done(ProviderCalls.LOOKUP, about(capture)).status()).isEqualTo("reversed");
    }

    @Test
    void askingTwiceHasTheEffectOnce() {
        adapters();
        UUID operation = operation();

        assertThat(done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isEqualTo(done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")));
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised");
    }

    @Test
    void aTimeoutIsAFaultAndTheLookupTellsWhetherItWasDone() {
        adapters();
        UUID before = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(before, "pm_card_timeout_before")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(before)).status()).isEqualTo("absent");
        assertThat(done(ProviderCalls.AUTHORISE, authorise(before, "pm_card_timeout_before"))
                        .status())
                .isEqualTo("succeeded");

        UUID after = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(after, "pm_card_timeout_after")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(after)).status()).isEqualTo("succeeded");
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised", "authorised");
    }

    @Test
    void aLookupTellsWhatWasUndone() {
        adapters();
        String authorisation =
                String.valueOf(done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_capture_fails_late"))
                        .reference());
        UUID capture = operation();
        assertThat(done(ProviderCalls.CAPTURE, onward(capture, authorisation, 1))
                        .status())
                .isEqualTo("succeeded");
        world.next("capture.reversed");
        assertThat(done(ProviderCalls.LOOKUP, about(capture)).status()).isEqualTo("reversed");
    }

    @Test
    void aCertainNoIsAnOutcomeAndADoubtfulOneAFault() {
        adapters();
        assertThat(done(ProviderCalls.CAPTURE, onward(operation(), "au_unknown", 1)))
                .extracting(ProviderCalls.Answer::status, ProviderCalls.Answer::reason)
                .containsExactly("failed", "authorisation_unknown");
        assertThat(fault(ProviderCalls.CAPTURE, onward(operation(), "../captures", 1)))
                .isInstanceOf(HandlerFailed.class);
    }

    @Test
    void aWrongKeyOfOursIsAFaultAndNoDecline() {
        provider(world.partners().provider(), "another-key", 1, 1);

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation()))).isInstanceOf(HandlerFailed.class);
    }

    @Test
    void nobodyThereIsAFault() {
        URI nobody = world.partners().provider();
        world.stop();
        provider(nobody, "provider-key", 1, 1);

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{}",
                "{\"id\":\"au_1\",\"status\":\"succeeded\",\"idempotency_key\":\"another\"}",
                "{\"id\":\"au_1\",\"status\":\"splendid\",\"idempotency_key\":\"%s\"}",
                "{\"status\":\"succeeded\",\"idempotency_key\":\"%s\"}",
                "{\"id\":7,\"status\":\"succeeded\",\"idempotency_key\":\"%s\"}"
            })
    void anAnswerThatMakesNoSenseIsAFault(String nonsense) {
        UUID operation = operation();
        HttpServer strange = World.await(world.vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end(nonsense.replace("%s", operation.toString())))
                .listen(0, "127.0.0.1"));
        provider(URI.create("http://127.0.0.1:" + strange.actualPort()), "provider-key", 1, 1);

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
    }

    @Test
    void aPartnerThatHasHadEnoughIsLeftInPeaceForAsLongAsItSaysAndNothingIsTakenForDone() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer busy = World.await(world.vertx
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(asked.incrementAndGet() > 1 ? 500 : 429)
                        .putHeader("retry-after", "2")
                        .end())
                .listen(0, "127.0.0.1"));
        provider(URI.create("http://127.0.0.1:" + busy.actualPort()), "provider-key", 1, 1);

        for (int i = 0; i < 3; i++) {
            assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                    .as("nothing was sent, or nothing done")
                    .isInstanceOf(Unavailable.class);
        }
        assertThat(asked).hasValue(1);
        Throwable later = fault(ProviderCalls.LOOKUP, about(operation()));
        while (later instanceof Unavailable) {
            later = fault(ProviderCalls.LOOKUP, about(operation()));
        }
        assertThat(later).as("asked again").isInstanceOf(HandlerFailed.class);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatDoesNotFitInIsUnavailableAtOnce() {
        // long enough for the slow answer on a machine that is busy
        provider(world.partners().provider(), "provider-key", Duration.ofSeconds(10), 1, 0);
        Future<?> first = lawful.bus().ask(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_slow"));
        Future<?> second = lawful.bus().ask(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_slow"));

        assertThat(World.failure(second)).isInstanceOf(Unavailable.class);
        World.await(first);
    }

    @Test
    @Clause("C1")
    void theCarrierGetsTheAddressAndTellsTheParcel() {
        adapters();
        UUID shipment = operation();
        CarrierCalls.Answer answer = done(CarrierCalls.DISPATCH, dispatch(shipment, "최도윤"));

        assertThat(answer.status()).isEqualTo("accepted");
        assertThat(answer.trackingNumber()).startsWith("SBX");
        JsonObject line = world.lines("carrier.ndjson").getFirst();
        assertThat(line.getJsonObject("recipient").getString("name")).isEqualTo("최도윤");
        assertThat(line.getJsonObject("recipient").fieldNames())
                .containsExactlyInAnyOrder("name", "line1", "city", "postcode", "country");
        assertThat(done(CarrierCalls.LOOKUP, about(shipment)).reference()).isEqualTo(answer.reference());
        assertThat(lawful.leaves())
                .as("one leaf for the disclosure of the address")
                .hasSize(1);
    }

    @Test
    void aCarriersRefusalIsAnOutcomeAndItsSilenceAFault() {
        adapters();
        assertThat(done(CarrierCalls.DISPATCH, dispatch(operation(), "CARRIER REFUSES")))
                .extracting(CarrierCalls.Answer::status, CarrierCalls.Answer::reason)
                .containsExactly("refused", "recipient_refused");

        UUID silent = operation();
        assertThat(fault(CarrierCalls.DISPATCH, dispatch(silent, "CARRIER HANGS")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(done(CarrierCalls.LOOKUP, about(silent)).reference()).startsWith("pa_");
        assertThat(done(CarrierCalls.LOOKUP, about(operation())).status()).isEqualTo("absent");
    }
}
