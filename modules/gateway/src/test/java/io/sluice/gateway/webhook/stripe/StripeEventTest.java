package io.sluice.gateway.webhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.ApiResource;
import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Said.Slots;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stripe's events say in commerce's words. Each is also read by Stripe's own library, as it would be sent. */
class StripeEventTest {

    private static final UUID AUTHORISATION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8001");
    private static final UUID CAPTURE = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8002");
    private static final UUID RELEASE = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8003");
    private static final UUID REFUND = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8004");

    private static JsonObject intent() {
        return new JsonObject()
                .put("id", "pi_1")
                .put("object", "payment_intent")
                .put("amount", 1999)
                .put("amount_capturable", 0)
                .put("amount_received", 0)
                .put("currency", "eur")
                .put("status", "requires_payment_method")
                .put("receipt_email", "ada@example.com")
                .put("metadata", new JsonObject().put("sluice_authorisation", AUTHORISATION.toString()));
    }

    private static JsonObject refund(String status) {
        return new JsonObject()
                .put("id", "re_1")
                .put("object", "refund")
                .put("amount", 500)
                .put("currency", "eur")
                .put("charge", "ch_1")
                .put("payment_intent", "pi_1")
                .put("reason", "requested_by_customer")
                .put("status", status)
                .put("metadata", new JsonObject().put("sluice_refund", REFUND.toString()));
    }

    private static String event(String type, JsonObject object) {
        return new JsonObject()
                .put("id", "evt_1")
                .put("object", "event")
                .put("api_version", "2026-07-29.dahlia")
                .put("created", 1700000000)
                .put("data", new JsonObject().put("object", object))
                .put("livemode", false)
                .put("pending_webhooks", 1)
                .put("request", new JsonObject().put("id", "req_1").put("idempotency_key", "k"))
                .put("type", type)
                .encode();
    }

    private static Verdict read(String body) {
        return StripeEvent.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict genuine(Said said) {
        return new Verdict.Genuine(List.of(new CallbackProtocol.Event("evt_1", said)));
    }

    private static Verdict says(
            String kind,
            @Nullable UUID operation,
            @Nullable String reference,
            @Nullable String status,
            @Nullable Long amount,
            @Nullable String reason) {
        return genuine(new Said.Known(new Slots(kind, operation, reference, status, amount, "EUR", null, reason)));
    }

    private static final Verdict MALFORMED = new Verdict.Doubtful(WebhookRefusal.MALFORMED);

    @Test
    void whatCanBeCapturedIsAuthorised() {
        String body = event(
                "payment_intent.amount_capturable_updated",
                intent().put("status", "requires_capture").put("amount_capturable", 1999));

        assertThat(read(body))
                .isEqualTo(says("authorisation.succeeded", AUTHORISATION, "pi_1", "succeeded", 1999L, null));
    }

    @Test
    void whatWasCapturedAlreadyWasAuthorisedToo() {
        String body = event(
                "payment_intent.amount_capturable_updated",
                intent().put("amount_capturable", 999).put("amount_received", 1000));

        assertThat(read(body))
                .isEqualTo(says("authorisation.succeeded", AUTHORISATION, "pi_1", "succeeded", 1999L, null));
    }

    @Test
    void whereNothingCanBeCapturedNothingIsSaid() {
        assertThat(read(event("payment_intent.amount_capturable_updated", intent())))
                .isEqualTo(genuine(new Said.Unknown()));
    }

    @ParameterizedTest
    @CsvSource({"requires_action, requires_action", "processing, pending"})
    void aPaymentThatWaitsIsSaidToWait(String happened, String word) {
        assertThat(read(event("payment_intent." + happened, intent())))
                .isEqualTo(says("authorisation." + word, AUTHORISATION, "pi_1", word, 1999L, null));
    }

    @Test
    @Clause("C6")
    void aDeclinedPaymentSaysWhyAndNothingOfItsPayer() {
        JsonObject error = new JsonObject()
                .put("code", "card_declined")
                .put("decline_code", "insufficient_funds")
                .put("message", "Ada's card has no money")
                .put(
                        "payment_method",
                        new JsonObject().put("billing_details", new JsonObject().put("name", "Ada Lovelace")));
        Verdict said = read(event("payment_intent.payment_failed", intent().put("last_payment_error", error)));

        assertThat(said)
                .isEqualTo(
                        says("authorisation.declined", AUTHORISATION, "pi_1", "declined", 1999L, "insufficient_funds"));
        assertThat(said.toString()).doesNotContain("Ada", "example.com");
    }

    @Test
    void withoutADeclineCodeTheErrorsCodeIsTheReason() {
        JsonObject error = new JsonObject().put("code", "processing_error").putNull("decline_code");

        assertThat(read(event("payment_intent.payment_failed", intent().put("last_payment_error", error))))
                .isEqualTo(
                        says("authorisation.declined", AUTHORISATION, "pi_1", "declined", 1999L, "processing_error"));
    }

    @Test
    void aSucceededPaymentIsACaptureOfWhatWasReceived() {
        JsonObject captured = intent().put("status", "succeeded").put("amount_received", 1500);
        captured.getJsonObject("metadata").put("sluice_capture", CAPTURE.toString());

        assertThat(read(event("payment_intent.succeeded", captured)))
                .isEqualTo(says("capture.succeeded", CAPTURE, "pi_1-" + CAPTURE, "succeeded", 1500L, null));
    }

    @Test
    void ofSeveralCapturesTheLastOneIsWhatTheOthersDidNotTake() {
        JsonObject captured = intent().put("status", "succeeded").put("amount_received", 1500);
        captured.getJsonObject("metadata")
                .put("sluice_capture", CAPTURE.toString())
                .put(StripeTerms.captured(RELEASE), "1100")
                .put(StripeTerms.captured(CAPTURE), "900");

        assertThat(read(event("payment_intent.succeeded", captured)))
                .as("by what Stripe received, and not by what was asked for")
                .isEqualTo(says("capture.succeeded", CAPTURE, "pi_1-" + CAPTURE, "succeeded", 400L, null));
    }

    @Test
    void anotherWordForANoteOfOursSaysNothing() {
        JsonObject captured = intent().put("status", "succeeded").put("amount_received", 1500);
        captured.getJsonObject("metadata")
                .put("sluice_capture", CAPTURE.toString())
                .put(StripeTerms.captured(RELEASE), "-1100")
                .put("capture_by", "Ada");

        assertThat(read(event("payment_intent.succeeded", captured)))
                .isEqualTo(says("capture.succeeded", CAPTURE, "pi_1-" + CAPTURE, "succeeded", 1500L, null));
    }

    @Test
    void aCaptureThatIsNotOursIsNeverTakenForTheAuthorisation() {
        assertThat(read(event("payment_intent.succeeded", intent().put("amount_received", 1999))))
                .isEqualTo(says("capture.succeeded", null, "pi_1", "succeeded", 1999L, null));
    }

    @Test
    void aPaymentThatWeCancelledIsVoided() {
        JsonObject cancelled = intent().put("status", "canceled").put("cancellation_reason", "requested_by_customer");
        cancelled.getJsonObject("metadata").put("sluice_void", RELEASE.toString());

        assertThat(read(event("payment_intent.canceled", cancelled)))
                .isEqualTo(says("void.succeeded", RELEASE, "pi_1", "succeeded", 1999L, "requested_by_customer"));
    }

    @Test
    void aPaymentThatSomebodyElseCancelledIsNeverTakenForAuthorised() {
        JsonObject cancelled = intent().put("status", "canceled").put("cancellation_reason", "abandoned");

        assertThat(read(event("payment_intent.canceled", cancelled)))
                .isEqualTo(says("authorisation.expired", AUTHORISATION, "pi_1", "expired", 1999L, "abandoned"));
    }

    @ParameterizedTest
    @CsvSource({
        "refund.created, pending, pending",
        "refund.updated, requires_action, pending",
        "refund.updated, succeeded, succeeded",
        "charge.refund.updated, succeeded, succeeded",
        "refund.failed, failed, reversed",
        "refund.updated, canceled, reversed"
    })
    void aRefundStandsWhereItSaysThatItStands(String type, String status, String word) {
        assertThat(read(event(type, refund(status))))
                .isEqualTo(says("refund." + word, REFUND, "re_1", word, 500L, null));
    }

    @Test
    void aRefundThatStandsWhereNobodyKnowsMovesNothing() {
        assertThat(read(event("refund.updated", refund("reconsidered"))))
                .isEqualTo(says("refund.unknown", REFUND, "re_1", null, 500L, null));
    }

    @Test
    void aFailedRefundSaysWhy() {
        assertThat(read(event("refund.failed", refund("failed").put("failure_reason", "lost_or_stolen_card"))))
                .isEqualTo(says("refund.reversed", REFUND, "re_1", "reversed", 500L, "lost_or_stolen_card"));
    }

    @ParameterizedTest
    @CsvSource({
        "created, needs_response, announced",
        "funds_withdrawn, needs_response, opened",
        "funds_withdrawn, under_review, opened",
        "funds_reinstated, won, won",
        "closed, won, won",
        "closed, lost, lost",
        "closed, warning_closed,",
        "closed, prevented,",
        "updated, under_review,",
        "updated, won,"
    })
    void aDisputeIsAChargebackAsSoonAsMoneyHasMoved(String happened, String status, @Nullable String word) {
        assertThat(read(event("charge.dispute." + happened, dispute(status))))
                .isEqualTo(says("chargeback." + happened, null, "pi_1/dp_1", word, 1999L, "fraudulent"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "pi/1", "pi 1"})
    void aDisputeOfNoPaymentIntentNamesItselfAlone(@Nullable String intent) {
        assertThat(read(event("charge.dispute.funds_withdrawn", dispute("lost").put("payment_intent", intent))))
                .isEqualTo(says("chargeback.funds_withdrawn", null, "dp_1", "opened", 1999L, "fraudulent"));
    }

    private static JsonObject dispute(String status) {
        return new JsonObject()
                .put("id", "dp_1")
                .put("object", "dispute")
                .put("amount", 1999)
                .put("currency", "eur")
                .put("charge", "ch_1")
                .put("payment_intent", "pi_1")
                .put("reason", "fraudulent")
                .put("status", status)
                .put("metadata", new JsonObject().put("sluice_authorisation", AUTHORISATION.toString()));
    }

    @Test
    void aHoldThatRanOutIsSaidToHaveExpired() {
        JsonObject charge = new JsonObject()
                .put("id", "ch_1")
                .put("object", "charge")
                .put("amount", 1999)
                .put("currency", "eur")
                .put("status", "succeeded")
                .put("metadata", new JsonObject().put("sluice_authorisation", AUTHORISATION.toString()));

        assertThat(read(event("charge.expired", charge)))
                .isEqualTo(says("authorisation.expired", AUTHORISATION, "ch_1", "expired", 1999L, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charge.refunded",
                "charge.succeeded",
                "payment_intent.created",
                "invoice.paid",
                "customer.updated",
                "x"
            })
    void whatIsNotOursIsUnknownHoweverItsObjectLooks(String type) {
        JsonObject odd = intent().put("amount", "much").put("status", 7).put("currency", "Ada");

        assertThat(read(event(type, odd))).isEqualTo(genuine(new Said.Unknown()));
    }

    @Test
    void aThinEventIsRefusedForWhatItIs() {
        String thin = """
                {"id": "evt_1", "object": "v2.core.event", "type": "v1.payment_intent.succeeded", "livemode": true,
                 "related_object": {"id": "pi_1", "type": "payment_intent", "url": "/v1/payment_intents/pi_1"}}
                """;

        assertThat(read(thin)).isEqualTo(new Verdict.Doubtful(WebhookRefusal.WITHOUT_DATA));
    }

    @ParameterizedTest
    @CsvSource({
        "isk, 150000, 1500, ISK",
        "ugx, 500, 5, UGX",
        "mga, 15, 1500, MGA",
        "jpy, 1999, 1999, JPY",
        "kwd, 1990, 1990, KWD"
    })
    void amountsAreToldInTheCurrencysOwnMinorUnits(String currency, long theirs, long ours, String code) {
        String body = event(
                "payment_intent.processing", intent().put("currency", currency).put("amount", theirs));

        assertThat(read(body))
                .isEqualTo(genuine(new Said.Known(
                        new Slots("authorisation.pending", AUTHORISATION, "pi_1", "pending", ours, code, null, null))));
    }

    @ParameterizedTest
    @CsvSource({"isk, 1999", "ugx, 1", "mga, 9223372036854775807"})
    void anAmountThatIsNoWholeNumberOfThemIsRefused(String currency, long amount) {
        assertThat(read(event(
                        "payment_intent.processing",
                        intent().put("currency", currency).put("amount", amount))))
                .isEqualTo(MALFORMED);
    }

    @Test
    void amountsThatTogetherAreTooLargeAreRefused() {
        JsonObject huge = intent().put("amount_capturable", Long.MAX_VALUE).put("amount_received", 1);

        assertThat(read(event("payment_intent.amount_capturable_updated", huge)))
                .isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{",
                "{\"id\":\"evt_1\",\"object\":\"event\"}",
                "{\"id\":\"evt_1\",\"type\":\"payment_intent.processing\"}",
                "{\"object\":\"event\",\"type\":\"payment_intent.processing\"}",
                "{\"id\":\"another\",\"object\":\"event\",\"type\":\"payment_intent.processing\"}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.processing\"} {}",
                "{\"id\":\"evt_1\",\"id\":\"evt_2\",\"object\":\"event\",\"type\":\"payment_intent.processing\"}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"refund.updated\",\"data\":{\"object\":{\"amount\":-1}}}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"refund.updated\",\"data\":{\"object\":{\"amount\":1.5}}}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"refund.updated\",\"data\":{\"object\":{\"currency\":\"Ada\"}}}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"refund.updated\",\"data\":{\"object\":{\"status\":\"for Ada\"}}}"
            })
    void whatIsNotAsStripeWritesItIsMalformed(String body) {
        assertThat(read(body)).isEqualTo(MALFORMED);
    }

    @Test
    void noCutAndNoBrokenByteEndsInAnException() {
        byte[] whole = event("refund.updated", refund("succeeded")).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(StripeEvent.read(Arrays.copyOf(whole, length))).isEqualTo(MALFORMED);
            byte[] broken = whole.clone();
            broken[length] = (byte) 0xff;
            assertThat(StripeEvent.read(broken)).isNotNull();
        }
    }

    @Test
    void theseEventsAreWhatStripesLibraryReads() throws Exception {
        Event authorised = parsed(event("payment_intent.amount_capturable_updated", intent()));
        Event refunded = parsed(event("refund.updated", refund("succeeded")));
        Event disputed = parsed(event(
                "charge.dispute.created",
                new JsonObject().put("id", "dp_1").put("object", "dispute").put("payment_intent", "pi_1")));

        PaymentIntent intent =
                (PaymentIntent) authorised.getDataObjectDeserializer().deserializeUnsafe();
        Refund refund = (Refund) refunded.getDataObjectDeserializer().deserializeUnsafe();
        Dispute dispute = (Dispute) disputed.getDataObjectDeserializer().deserializeUnsafe();
        assertThat(authorised.getId()).isEqualTo("evt_1");
        assertThat(intent.getMetadata()).containsEntry("sluice_authorisation", AUTHORISATION.toString());
        assertThat(intent.getAmountCapturable()).isZero();
        assertThat(intent.getAmountReceived()).isZero();
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(refund.getMetadata()).containsEntry("sluice_refund", REFUND.toString());
        assertThat(dispute.getPaymentIntent()).isEqualTo("pi_1");
    }

    private static Event parsed(String body) {
        return ApiResource.GSON.fromJson(body, Event.class);
    }
}
