package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.ProviderParcels.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.api.ProviderCalls.Answer;
import io.sluice.gateway.partner.PartnerSettings;
import io.sluice.gateway.partner.StripeProviderVerticle;
import io.sluice.guard.Address;
import io.sluice.guard.HandlerFailed;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Unavailable;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter to Stripe, asked over the bus as commerce asks it, against the sandbox in Stripe's words over HTTP. */
class StripeAdapterIT {

    private static final Duration TIMEOUT = Duration.ofMillis(900);

    @TempDir
    Path directory;

    private @Nullable World world;
    private @Nullable LawfulBus lawful;

    private World open(Function<SandboxSettings, SandboxSettings> settings) {
        World opened = new World(directory, settings);
        world = opened;
        return opened;
    }

    @CanIgnoreReturnValue
    private World sandbox() throws Exception {
        return sandbox(plain -> plain);
    }

    @CanIgnoreReturnValue
    private World sandbox(Function<SandboxSettings, SandboxSettings> settings) throws Exception {
        World opened = open(settings);
        adapter(opened, opened.partners().provider(), "provider-key");
        return opened;
    }

    private void adapter(World opened, URI base, String key) throws Exception {
        lawful = LawfulBus.on(
                opened.vertx,
                Catalogue.of(CommerceFields.ALL),
                List.of(
                        ProviderCalls.AUTHORISE,
                        ProviderCalls.CAPTURE,
                        ProviderCalls.VOID,
                        ProviderCalls.REFUND,
                        ProviderCalls.LOOKUP));
        World.await(opened.vertx.deployVerticle(new StripeProviderVerticle(
                lawful.bus(),
                new PartnerSettings("stripe", base, Optional.empty(), key, TIMEOUT, 64, 100),
                URI.create("https://shop.example/paid"),
                new SimpleMeterRegistry())));
    }

    /** Somebody who answers everything so; what was asked of him is in the queue. */
    private BlockingQueue<String> stranger(int status, String body) throws Exception {
        World opened = open(plain -> plain);
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer strange = World.await(opened.vertx
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(read -> {
                    asked.add(request.method() + " " + request.uri() + " " + read);
                    request.response().setStatusCode(status).end(body);
                }))
                .listen(0, "127.0.0.1"));
        adapter(opened, URI.create("http://127.0.0.1:" + strange.actualPort()), "provider-key");
        return asked;
    }

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
    }

    private Answer done(Address<?, Answer> address, Parcel parcel) {
        return switch (World.await(bus().bus().ask(address, parcel))) {
            case Outcome.Done<Answer> done -> done.value();
            case Outcome.Refused<Answer> refused -> throw new AssertionError("refused: " + refused.code());
        };
    }

    private Throwable fault(Address<?, ?> address, Parcel parcel) {
        return World.failure(bus().bus().ask(address, parcel));
    }

    private LawfulBus bus() {
        return Objects.requireNonNull(lawful);
    }

    private static Parcel authorise(UUID operation, String method, long amount, String currency) {
        return ProviderParcels.authorise(operation, method)
                .with(CommerceFields.AMOUNT, amount)
                .with(CommerceFields.CURRENCY, currency);
    }

    private static Parcel authorise(UUID operation, String method) {
        return ProviderParcels.authorise(operation, method);
    }

    private static Parcel onward(UUID operation, String reference, long amount) {
        return ProviderParcels.onward(operation, reference, amount).with(CommerceFields.FINAL, false);
    }

    private static Parcel last(UUID operation, String reference, long amount) {
        return onward(operation, reference, amount).with(CommerceFields.FINAL, true);
    }

    private static Parcel about(UUID operation, @Nullable String reference) {
        return Parcel.plain().with(CommerceFields.OPERATION_ID, operation).with(CommerceFields.REFERENCE, reference);
    }

    private String authorised(String method) {
        return reference(done(ProviderCalls.AUTHORISE, authorise(operation(), method)));
    }

    private static String reference(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo("succeeded");
        return Objects.requireNonNull(answer.reference());
    }

    private static UUID operation() {
        return UUID.randomUUID();
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_visa, succeeded,",
        "pm_card_declined, declined, generic_decline",
        "pm_card_3ds, requires_action,"
    })
    void aDefiniteAnswerComesBackAsAnOutcome(String method, String status, @Nullable String reason) throws Exception {
        sandbox();
        UUID operation = operation();
        Answer answer = done(ProviderCalls.AUTHORISE, authorise(operation, method));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reference()).startsWith("pi_");
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.nextActionUrl() != null).isEqualTo(status.equals("requires_action"));
        Answer found = done(ProviderCalls.LOOKUP, about(operation, null));
        assertThat(found.status()).as("and is found again").isEqualTo(status);
        assertThat(found.reference()).isEqualTo(answer.reference());
        assertThat(found.amount()).isEqualTo(1999);
        assertThat(found.currency()).isEqualTo("EUR");
    }

    @Test
    void whoGoesToTheBanksPageHasPaid() throws Exception {
        World opened = sandbox();
        UUID operation = operation();
        Answer asked = done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_3ds"));
        assertThat(opened.browse(
                                Objects.requireNonNull(asked.nextActionUrl()),
                                new JsonObject().put("outcome", "success"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(done(ProviderCalls.LOOKUP, about(operation, null)).status()).isEqualTo("succeeded");
    }

    @Test
    void whoSaysNoThereHasNot() throws Exception {
        World opened = sandbox();
        UUID operation = operation();
        Answer asked = done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_3ds"));
        assertThat(opened.browse(
                                Objects.requireNonNull(asked.nextActionUrl()),
                                new JsonObject().put("outcome", "failure"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(done(ProviderCalls.LOOKUP, about(operation, null)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("declined", "payment_intent_authentication_failure");
    }

    @Test
    void moneyGoesAllTheWayAndBackAndEachStepIsFoundAgain() throws Exception {
        World opened = sandbox();
        String intent = authorised("pm_card_visa");
        UUID capture = operation();
        UUID release = operation();
        UUID refund = operation();

        String captured = reference(done(ProviderCalls.CAPTURE, onward(capture, intent, 1500)));
        assertThat(reference(done(ProviderCalls.VOID, onward(release, intent, 499))))
                .isEqualTo(intent);
        assertThat(reference(done(ProviderCalls.REFUND, onward(refund, captured, 1500))))
                .startsWith("re_");
        assertThat(done(ProviderCalls.REFUND, onward(operation(), captured, 1)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("failed", "charge_already_refunded");

        assertThat(done(ProviderCalls.LOOKUP, about(capture, intent)).amount()).isEqualTo(1500);
        assertThat(done(ProviderCalls.LOOKUP, about(release, intent)).status()).isEqualTo("succeeded");
        assertThat(done(ProviderCalls.LOOKUP, about(refund, captured)).amount()).isEqualTo(1500);
        for (String on : List.of(intent, captured)) {
            assertThat(done(ProviderCalls.LOOKUP, about(operation(), on)).status())
                    .as("and nothing else is")
                    .isEqualTo("absent");
        }
        assertThat(opened.effects("provider.ndjson"))
                .containsExactly("authorised", "captured", "noted", "voided", "refunded", "refund_failed");
    }

    @Test
    void ofSeveralCapturesEachIsToldByItself() throws Exception {
        World opened = sandbox();
        String intent = authorised("pm_card_visa");
        UUID first = operation();
        UUID second = operation();

        Answer one = done(ProviderCalls.CAPTURE, onward(first, intent, 500));
        Answer two = done(ProviderCalls.CAPTURE, last(second, intent, 700));

        assertThat(one.amount()).isEqualTo(500);
        assertThat(two.amount()).isEqualTo(700);
        assertThat(one.reference()).isNotEqualTo(two.reference());
        assertThat(done(ProviderCalls.LOOKUP, about(first, intent))).isEqualTo(one);
        assertThat(done(ProviderCalls.LOOKUP, about(second, intent))).isEqualTo(two);
        assertThat(opened.next("payment_intent.succeeded")
                        .json()
                        .getJsonObject("data")
                        .getJsonObject("object")
                        .getLong("amount_received"))
                .as("while Stripe tells the sum")
                .isEqualTo(1200);
    }

    @Test
    void askingTwiceHasTheEffectOnce() throws Exception {
        World opened = sandbox();
        UUID operation = operation();
        Answer first = done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa"));
        UUID capture = operation();
        Parcel captures = last(capture, reference(first), 1999);

        assertThat(done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isEqualTo(first);
        assertThat(done(ProviderCalls.CAPTURE, captures)).isEqualTo(done(ProviderCalls.CAPTURE, captures));
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised", "captured");
    }

    @Test
    void askingForSomethingElseUnderTheSameKeyIsAFault() throws Exception {
        World opened = sandbox();
        UUID operation = operation();
        assertThat(done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa"))
                        .status())
                .isEqualTo("succeeded");

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa", 1, "EUR")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised");
    }

    @Test
    void aTimeoutIsAFaultAndTheLookupTellsWhetherItWasDone() throws Exception {
        World opened = sandbox();
        UUID before = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(before, "pm_card_timeout_before")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(before, null)).status()).isEqualTo("absent");
        assertThat(done(ProviderCalls.AUTHORISE, authorise(before, "pm_card_timeout_before"))
                        .status())
                .isEqualTo("succeeded");

        UUID after = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(after, "pm_card_timeout_after")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(after, null)).status()).isEqualTo("succeeded");
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised", "authorised");
    }

    @Test
    void whatWasDoneUnheardIsFoundAgainAndSentAgainHasNoSecondEffect() throws Exception {
        World opened = sandbox(plain -> plain.with(SandboxFaults.NONE.with(Fault.LOST_ANSWER, 1)));
        UUID authorisation = operation();
        Parcel authorise = authorise(authorisation, "pm_card_visa");
        assertThat(fault(ProviderCalls.AUTHORISE, authorise)).isInstanceOf(HandlerFailed.class);
        String intent = reference(done(ProviderCalls.LOOKUP, about(authorisation, null)));

        UUID capture = operation();
        assertThat(fault(ProviderCalls.CAPTURE, last(capture, intent, 1999))).isInstanceOf(HandlerFailed.class);
        String captured = reference(done(ProviderCalls.LOOKUP, about(capture, intent)));

        UUID refund = operation();
        assertThat(fault(ProviderCalls.REFUND, onward(refund, captured, 7))).isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(refund, captured)).amount()).isEqualTo(7);

        assertThat(done(ProviderCalls.AUTHORISE, authorise).reference()).isEqualTo(intent);
        assertThat(reference(done(ProviderCalls.CAPTURE, last(capture, intent, 1999))))
                .isEqualTo(captured);
        assertThat(done(ProviderCalls.REFUND, onward(refund, captured, 7)).status())
                .isEqualTo("succeeded");
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised", "captured", "refunded");
    }

    @Test
    void aVoidThatGotStuckHalfwayIsAbsentAndGoesOnWhereItStood() throws Exception {
        World opened = sandbox(plain -> plain.with(SandboxFaults.NONE.with(Fault.TIMEOUT, 1)));
        UUID authorisation = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(authorisation, "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
        String intent = reference(done(ProviderCalls.AUTHORISE, authorise(authorisation, "pm_card_visa")));
        UUID release = operation();
        // the note hangs at first, then the cancellation does
        for (int i = 0; i < 2; i++) {
            assertThat(fault(ProviderCalls.VOID, onward(release, intent, 1999))).isInstanceOf(HandlerFailed.class);
            assertThat(done(ProviderCalls.LOOKUP, about(release, intent)).status())
                    .isEqualTo("absent");
        }
        assertThat(done(ProviderCalls.VOID, onward(release, intent, 1999)).status())
                .isEqualTo("succeeded");
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised", "noted", "voided");
    }

    @Test
    void aServersErrorIsAFaultAndNoDecline() throws Exception {
        World opened = sandbox(plain -> plain.with(SandboxFaults.NONE.with(Fault.ERROR, 1)));
        UUID operation = operation();

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation, null))).isInstanceOf(HandlerFailed.class);
        assertThat(done(ProviderCalls.LOOKUP, about(operation, null)).status()).isEqualTo("absent");
        assertThat(done(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa"))
                        .status())
                .isEqualTo("succeeded");
        assertThat(opened.effects("provider.ndjson")).containsExactly("authorised");
    }

    @Test
    void aCaptureThatComesTooLateSaysSo() throws Exception {
        World opened = sandbox(plain -> plain.with(World.LAPSING));
        String intent = authorised("pm_card_visa");
        opened.next("payment_intent.canceled");

        assertThat(done(ProviderCalls.CAPTURE, last(operation(), intent, 1999)))
                .extracting(Answer::status, Answer::reason)
                .as("as commerce knows it")
                .containsExactly("failed", "authorisation_expired");
    }

    @Test
    void aCaptureOfWhatWeLetGoIsNotTakenForALateOne() throws Exception {
        sandbox();
        String intent = authorised("pm_card_visa");
        assertThat(done(ProviderCalls.VOID, onward(operation(), intent, 1999)).status())
                .isEqualTo("succeeded");

        assertThat(done(ProviderCalls.CAPTURE, last(operation(), intent, 1999)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("failed", "payment_intent_unexpected_state");
    }

    @Test
    void whatIsCapturedAlreadyIsNotCapturedAgain() throws Exception {
        World opened = sandbox();
        String intent = authorised("pm_card_visa");
        assertThat(done(ProviderCalls.CAPTURE, last(operation(), intent, 1999)).amount())
                .isEqualTo(1999);

        assertThat(done(ProviderCalls.CAPTURE, last(operation(), intent, 1999)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("failed", "payment_intent_unexpected_state");
        assertThat(done(ProviderCalls.VOID, onward(operation(), intent, 1999)).status())
                .isEqualTo("failed");
        assertThat(opened.effects("provider.ndjson"))
                .containsExactly("authorised", "captured", "capture_failed", "noted", "void_failed");
    }

    @Test
    void moreThanWasAuthorisedIsNotCaptured() throws Exception {
        sandbox();
        assertThat(done(ProviderCalls.CAPTURE, last(operation(), authorised("pm_card_visa"), 2000)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("failed", "amount_too_large");
    }

    @Test
    void aCaptureThatTheBankDeclinesIsDeclined() throws Exception {
        sandbox();
        assertThat(done(ProviderCalls.CAPTURE, last(operation(), authorised("pm_card_capture_fails"), 1999)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("declined", "generic_decline");
    }

    @Test
    void aRefundThatFailsLaterIsFoundToBeUndone() throws Exception {
        World opened = sandbox();
        String captured = reference(
                done(ProviderCalls.CAPTURE, last(operation(), authorised("pm_card_refund_fails_late"), 1999)));
        UUID refund = operation();
        assertThat(done(ProviderCalls.REFUND, onward(refund, captured, 1999)).status())
                .isEqualTo("succeeded");
        opened.next("refund.failed");

        assertThat(done(ProviderCalls.LOOKUP, about(refund, captured)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("reversed", "declined");
    }

    @ParameterizedTest
    @CsvSource({"ISK, 1999, 199900", "UGX, 7, 700", "JPY, 1999, 1999", "MGA, 500, 5"})
    void moneyIsCountedThereAsStripeCounts(String currency, long ours, long theirs) throws Exception {
        World opened = sandbox();
        Answer answer = done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa", ours, currency));

        assertThat(answer.amount()).isEqualTo(ours);
        assertThat(answer.currency()).isEqualTo(currency);
        assertThat(opened.lines("provider.ndjson").getFirst().getLong("amount")).isEqualTo(theirs);
    }

    @Test
    void whatStripeCannotCountIsNotAsked() throws Exception {
        BlockingQueue<String> asked = stranger(500, "");
        assertThat(done(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa", 501, "MGA")))
                .extracting(Answer::status, Answer::reason)
                .containsExactly("failed", "amount_inexpressible");
        assertThat(asked).isEmpty();
    }

    @Test
    void aWrongKeyOfOursIsAFaultAndNoDecline() throws Exception {
        World opened = open(plain -> plain);
        adapter(opened, opened.partners().provider(), "another-key");

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation(), null))).isInstanceOf(HandlerFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pi_unknown", "pi_00000000000000000000000000000000", "../refunds", "pi_1/capture?x="})
    void aPaymentThatStripeDoesNotKnowIsAFaultAndNoFailure(String reference) throws Exception {
        sandbox();
        assertThat(fault(ProviderCalls.CAPTURE, last(operation(), reference, 1)))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.VOID, onward(operation(), reference, 1))).isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation(), reference))).isInstanceOf(HandlerFailed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "409, invalid_request_error, idempotency_key_in_use",
        "400, idempotency_error, ",
        "400, invalid_request_error, idempotency_key_in_use",
        "500, api_error, ",
        "503, api_error, ",
        "401, invalid_request_error, ",
        "403, invalid_request_error, ",
        "302, , "
    })
    void whatLeavesOpenWhatHappenedIsAFaultAndNoFailure(int status, @Nullable String type, @Nullable String code)
            throws Exception {
        assertThat(stranger(status, error(type, code))).isEmpty();
        for (Address<?, ?> address : List.of(ProviderCalls.CAPTURE, ProviderCalls.VOID)) {
            assertThat(fault(address, last(operation(), "pi_1", 1))).isInstanceOf(HandlerFailed.class);
        }
        assertThat(fault(ProviderCalls.REFUND, onward(operation(), "pi_1-x", 1)))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "429, invalid_request_error, rate_limit",
        "429, invalid_request_error, lock_timeout",
        "400, invalid_request_error, rate_limit"
    })
    void whoeverHasHadEnoughHasDoneNothing(int status, String type, String code) throws Exception {
        assertThat(stranger(status, error(type, code))).isEmpty();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation(), "pm_card_visa")))
                .isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "402, card_error, insufficient_funds, declined, insufficient_funds",
        "402, card_error, Ada Lovelace, declined, status_402",
        "400, invalid_request_error, parameter_invalid_integer, failed, parameter_invalid_integer",
        "400, invalid_request_error, charge_expired_for_capture, failed, authorisation_expired",
        "400, invalid_request_error, capture_charge_authorization_expired, failed, authorisation_expired"
    })
    void aCertainNoIsAnOutcomeWithItsReason(int status, String type, String code, String word, String reason)
            throws Exception {
        assertThat(stranger(status, error(type, code))).isEmpty();
        assertThat(done(ProviderCalls.CAPTURE, last(operation(), "pi_1", 1)))
                .extracting(Answer::status, Answer::reason)
                .containsExactly(word, reason);
    }

    private static String error(@Nullable String type, @Nullable String code) {
        return new JsonObject()
                .put("error", new JsonObject().put("type", type).put("code", code))
                .encode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{}",
                "{\"object\":\"list\",\"data\":7}",
                "{\"object\":\"list\",\"data\":[7]}",
                "{\"object\":\"search_result\"}",
                "{\"object\":\"list\",\"data\":[],\"has_more\":true}",
                "{\"object\":\"search_result\",\"data\":[{}]}",
                "{\"object\":\"payment_intent\",\"id\":\"pi_2\",\"status\":\"requires_capture\",\"currency\":\"eur\"}",
                "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"status\":\"splendid\",\"currency\":\"eur\","
                        + "\"metadata\":{\"sluice_authorisation\":\"%s\"}}",
                "{\"object\":\"payment_intent\",\"id\":\"../x\",\"status\":\"requires_capture\",\"currency\":\"eur\","
                        + "\"metadata\":{\"sluice_authorisation\":\"%s\"}}",
                "{\"object\":\"refund\",\"id\":\"re_1\",\"status\":\"splendid\",\"currency\":\"eur\",\"amount\":1,"
                        + "\"metadata\":{\"sluice_refund\":\"%s\"}}",
                "{\"object\":\"refund\",\"id\":\"re_1\",\"status\":\"succeeded\",\"currency\":\"eur\",\"amount\":1}"
            })
    void anAnswerThatMakesNoSenseIsAFaultAndNothingIsCalledAbsent(String nonsense) throws Exception {
        UUID operation = operation();
        assertThat(stranger(200, nonsense.replace("%s", operation.toString()))).isEmpty();

        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.CAPTURE, last(operation, "pi_1", 1))).isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.VOID, onward(operation, "pi_1", 1))).isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.REFUND, onward(operation, "pi_1-x", 1))).isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation, null))).isInstanceOf(HandlerFailed.class);
        assertThat(fault(ProviderCalls.LOOKUP, about(operation, "pi_1-x"))).isInstanceOf(HandlerFailed.class);
    }

    @Test
    void twoPaymentsOfOneOperationAreNotChosenFrom() throws Exception {
        UUID operation = operation();
        JsonObject intent = new JsonObject()
                .put("object", "payment_intent")
                .put("id", "pi_1")
                .put("status", "requires_capture")
                .put("currency", "eur")
                .put("metadata", new JsonObject().put("sluice_authorisation", operation.toString()));
        JsonObject found = new JsonObject()
                .put("object", "search_result")
                .put("data", new JsonArray().add(intent).add(intent.copy().put("id", "pi_2")));
        BlockingQueue<String> asked = stranger(200, found.encode());

        assertThat(fault(ProviderCalls.LOOKUP, about(operation, null))).isInstanceOf(HandlerFailed.class);
        assertThat(asked.element())
                .startsWith("GET /v1/payment_intents/search?query=")
                .contains(operation.toString());
    }

    @Test
    void stripeIsToldNothingButWhatPayingTakes() throws Exception {
        BlockingQueue<String> asked = stranger(500, "");
        UUID operation = operation();
        assertThat(fault(ProviderCalls.AUTHORISE, authorise(operation, "pm_card_visa")))
                .isInstanceOf(HandlerFailed.class);

        assertThat(asked.element())
                .isEqualTo("POST /v1/payment_intents amount=1999&currency=eur&capture_method=manual&confirm=true"
                        + "&payment_method=pm_card_visa&payment_method_types%5B%5D=card"
                        + "&payment_method_options%5Bcard%5D%5Brequest_multicapture%5D=if_available"
                        + "&return_url=https%3A%2F%2Fshop.example%2Fpaid&metadata%5Border_id%5D=" + ORDER
                        + "&metadata%5Bsluice_authorisation%5D=" + operation);
    }
}
