package io.sluice.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObject;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import io.sluice.app.sandbox.World.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox in Stripe's words, asked by Stripe's own library: it reads all that the sandbox says, and believes its events. */
class StripeContractIT {

    private static final String VERSION = "2026-07-29.dahlia";

    @TempDir
    Path directory;

    private @Nullable World world;

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
    }

    private StripeClient stripe() {
        return stripe(plain -> plain, "provider-key");
    }

    private StripeClient stripe(Function<SandboxSettings, SandboxSettings> settings, String key) {
        world = new World(directory, settings);
        return client(key);
    }

    private StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(world().partners().provider().toString())
                .setMaxNetworkRetries(0)
                .build();
    }

    private World world() {
        return Objects.requireNonNull(world);
    }

    private static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    private static RequestOptions newKey() {
        return key(UUID.randomUUID().toString());
    }

    private static PaymentIntentCreateParams payment(String method) {
        return PaymentIntentCreateParams.builder()
                .setAmount(1999L)
                .setCurrency("eur")
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                .setConfirm(true)
                .setPaymentMethod(method)
                .addPaymentMethodType("card")
                .putMetadata("order_id", "order-1")
                .putMetadata("sluice_authorisation", "a")
                .build();
    }

    private static PaymentIntent authorised(StripeClient stripe, String method) throws StripeException {
        return stripe.v1().paymentIntents().create(payment(method), newKey());
    }

    private static PaymentIntent captured(StripeClient stripe, String method) throws StripeException {
        PaymentIntent intent = authorised(stripe, method);
        return stripe.v1()
                .paymentIntents()
                .capture(intent.getId(), PaymentIntentCaptureParams.builder().build(), newKey());
    }

    private static Refund refunded(StripeClient stripe, PaymentIntent intent, long amount) throws StripeException {
        return stripe.v1()
                .refunds()
                .create(
                        RefundCreateParams.builder()
                                .setPaymentIntent(intent.getId())
                                .setAmount(amount)
                                .putMetadata("sluice_refund", "r")
                                .build(),
                        newKey());
    }

    private static <E extends StripeException> E refused(Class<E> how, ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(how, call));
    }

    /** The next event of that type as Stripe's library reads it, once it has verified the signature. */
    private <T extends StripeObject> T told(String type, Class<T> about) throws Exception {
        return told(world().next(type), type, about);
    }

    private static <T extends StripeObject> T told(Heard heard, String type, Class<T> about) throws Exception {
        assertThat(heard.path()).isEqualTo("/v1/webhooks/payments/stripe");
        Event event = Webhook.constructEvent(heard.body(), heard.headers().get("stripe-signature"), World.SECRET);
        assertThat(event.getType()).isEqualTo(type);
        assertThat(event.getId()).matches("evt_[0-9a-f]{32}");
        assertThat(event.getApiVersion()).isEqualTo(VERSION);
        assertThat(event.getLivemode()).isFalse();
        return about.cast(event.getDataObjectDeserializer().getObject().orElseThrow());
    }

    @Test
    void whatIsAuthorisedCanBeCaptured() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = authorised(stripe, "pm_card_visa");

        assertThat(intent.getObject()).isEqualTo("payment_intent");
        assertThat(intent.getStatus()).isEqualTo("requires_capture");
        assertThat(intent.getAmount()).isEqualTo(1999);
        assertThat(intent.getAmountCapturable()).isEqualTo(1999);
        assertThat(intent.getAmountReceived()).isZero();
        assertThat(intent.getCurrency()).isEqualTo("eur");
        assertThat(intent.getCaptureMethod()).isEqualTo("manual");
        assertThat(intent.getLatestCharge()).startsWith("ch_");
        assertThat(intent.getMetadata()).containsEntry("sluice_authorisation", "a");
        assertThat(intent.getCreated()).isPositive();
        assertThat(intent.getLastResponse().requestId()).startsWith("req_");
        assertThat(told("payment_intent.amount_capturable_updated", PaymentIntent.class))
                .isEqualTo(intent);
        assertThat(stripe.v1().paymentIntents().retrieve(intent.getId())).isEqualTo(intent);
    }

    @Test
    void whatIsCapturedHasBeenReceived() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = authorised(stripe, "pm_card_visa");
        PaymentIntent some = stripe.v1()
                .paymentIntents()
                .capture(
                        intent.getId(),
                        PaymentIntentCaptureParams.builder()
                                .setAmountToCapture(500L)
                                .setFinalCapture(false)
                                .build(),
                        newKey());
        PaymentIntent all = stripe.v1()
                .paymentIntents()
                .capture(
                        intent.getId(),
                        PaymentIntentCaptureParams.builder()
                                .setAmountToCapture(700L)
                                .putMetadata("sluice_capture", "c")
                                .build(),
                        newKey());

        assertThat(some.getStatus()).isEqualTo("requires_capture");
        assertThat(some.getAmountCapturable()).isEqualTo(1499);
        assertThat(some.getAmountReceived()).isEqualTo(500);
        assertThat(all.getStatus()).isEqualTo("succeeded");
        assertThat(all.getAmountCapturable()).isZero();
        assertThat(all.getAmountReceived()).isEqualTo(1200);
        assertThat(all.getMetadata()).containsEntry("sluice_capture", "c").containsEntry("sluice_authorisation", "a");
        assertThat(told("payment_intent.succeeded", PaymentIntent.class)).isEqualTo(all);
    }

    @Test
    void whatIsCancelledIsLetGo() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = authorised(stripe, "pm_card_visa");
        PaymentIntent noted = stripe.v1()
                .paymentIntents()
                .update(
                        intent.getId(),
                        PaymentIntentUpdateParams.builder()
                                .putMetadata("sluice_void", "v")
                                .build(),
                        newKey());
        PaymentIntent cancelled = stripe.v1()
                .paymentIntents()
                .cancel(
                        intent.getId(),
                        PaymentIntentCancelParams.builder()
                                .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                                .build(),
                        newKey());

        assertThat(noted.getStatus()).isEqualTo("requires_capture");
        assertThat(cancelled.getStatus()).isEqualTo("canceled");
        assertThat(cancelled.getAmountCapturable()).isZero();
        assertThat(cancelled.getCancellationReason()).isEqualTo("abandoned");
        assertThat(cancelled.getMetadata()).containsEntry("sluice_void", "v");
        assertThat(told("payment_intent.canceled", PaymentIntent.class)).isEqualTo(cancelled);
    }

    @Test
    void whatNobodyTakesLapses() throws Exception {
        StripeClient stripe = stripe(plain -> plain.with(World.LAPSING), "provider-key");
        PaymentIntent intent = authorised(stripe, "pm_card_visa");

        PaymentIntent lapsed = told("payment_intent.canceled", PaymentIntent.class);
        assertThat(lapsed.getId()).isEqualTo(intent.getId());
        assertThat(lapsed.getCancellationReason()).isEqualTo("automatic");
        InvalidRequestException late = refused(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().capture(intent.getId(), newKey()));
        assertThat(late.getCode()).isEqualTo("charge_expired_for_capture");
    }

    @Test
    void theRestOfWhatWasTakenInPartLapsesAsACharge() throws Exception {
        StripeClient stripe = stripe(plain -> plain.with(World.LAPSING), "provider-key");
        PaymentIntent intent = authorised(stripe, "pm_card_visa");
        assertThat(stripe.v1()
                        .paymentIntents()
                        .capture(
                                intent.getId(),
                                PaymentIntentCaptureParams.builder()
                                        .setAmountToCapture(500L)
                                        .setFinalCapture(false)
                                        .build(),
                                newKey())
                        .getStatus())
                .isEqualTo("requires_capture");

        Charge expired = told("charge.expired", Charge.class);
        assertThat(expired.getPaymentIntent()).isEqualTo(intent.getId());
        assertThat(expired.getAmountCaptured()).isEqualTo(500);
        assertThat(expired.getMetadata()).containsEntry("sluice_authorisation", "a");
    }

    @Test
    void aDeclineIsACardsError() throws Exception {
        StripeClient stripe = stripe();
        CardException declined = refused(CardException.class, () -> authorised(stripe, "pm_card_declined"));

        assertThat(declined.getStatusCode()).isEqualTo(402);
        assertThat(declined.getCode()).isEqualTo("card_declined");
        assertThat(declined.getDeclineCode()).isEqualTo("generic_decline");
        assertThat(declined.getRequestId()).startsWith("req_");
        PaymentIntent failed = declined.getStripeError().getPaymentIntent();
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        PaymentIntent told = told("payment_intent.payment_failed", PaymentIntent.class);
        assertThat(told.getId()).isEqualTo(failed.getId());
        assertThat(told.getLastPaymentError().getDeclineCode()).isEqualTo("generic_decline");
    }

    @Test
    void aBankThatAsksFirstSaysWhere() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent asked = authorised(stripe, "pm_card_3ds");

        assertThat(asked.getStatus()).isEqualTo("requires_action");
        assertThat(asked.getNextAction().getType()).isEqualTo("redirect_to_url");
        String page = asked.getNextAction().getRedirectToUrl().getUrl();
        assertThat(told("payment_intent.requires_action", PaymentIntent.class)).isEqualTo(asked);
        assertThat(world().browse(page, new JsonObject().put("outcome", "failure"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(told("payment_intent.payment_failed", PaymentIntent.class)
                        .getLastPaymentError()
                        .getCode())
                .isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void aRefundSucceedsAndIsListedAndCanFailLater() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = captured(stripe, "pm_card_refund_fails_late");
        Refund refund = refunded(stripe, intent, 700);

        assertThat(refund.getObject()).isEqualTo("refund");
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(refund.getPaymentIntent()).isEqualTo(intent.getId());
        assertThat(refund.getCharge()).isEqualTo(intent.getLatestCharge());
        assertThat(refund.getMetadata()).containsEntry("sluice_refund", "r");
        assertThat(told("refund.created", Refund.class)).isEqualTo(refund);
        Refund failed = told("refund.failed", Refund.class);
        assertThat(failed.getId()).isEqualTo(refund.getId());
        assertThat(failed.getStatus()).isEqualTo("failed");
        assertThat(failed.getFailureReason()).isEqualTo("declined");
        assertThat(stripe.v1().refunds().retrieve(refund.getId())).isEqualTo(failed);
    }

    @Test
    void refundsOfAPaymentComeByPages() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = captured(stripe, "pm_card_visa");
        Refund first = refunded(stripe, intent, 1);
        Refund second = refunded(stripe, intent, 2);
        RefundListParams.Builder asked =
                RefundListParams.builder().setPaymentIntent(intent.getId()).setLimit(1L);

        StripeCollection<Refund> page = stripe.v1().refunds().list(asked.build());
        assertThat(page.getHasMore()).isTrue();
        assertThat(page.getData()).containsExactly(second);
        StripeCollection<Refund> rest = stripe.v1()
                .refunds()
                .list(asked.setStartingAfter(second.getId()).build());
        assertThat(rest.getHasMore()).isFalse();
        assertThat(rest.getData()).containsExactly(first);
    }

    @Test
    void moreThanThereIsCannotGoBack() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = captured(stripe, "pm_card_visa");
        assertThat(refused(InvalidRequestException.class, () -> refunded(stripe, intent, 2000))
                        .getCode())
                .isEqualTo("amount_too_large");
        assertThat(refunded(stripe, intent, 1999).getStatus()).isEqualTo("succeeded");
        assertThat(refused(InvalidRequestException.class, () -> refunded(stripe, intent, 1))
                        .getCode())
                .isEqualTo("charge_already_refunded");
    }

    @Test
    void aRefundThatTheBankDoesNotTakeHasFailed() throws Exception {
        StripeClient stripe = stripe();
        assertThat(refunded(stripe, captured(stripe, "pm_card_refund_fails"), 7).getStatus())
                .isEqualTo("failed");
        assertThat(told("refund.failed", Refund.class).getAmount()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_disputed, created=needs_response funds_withdrawn=needs_response",
        "pm_card_dispute_won, created=needs_response funds_withdrawn=needs_response closed=won funds_reinstated=won",
        "pm_card_dispute_lost, created=needs_response funds_withdrawn=needs_response closed=lost"
    })
    void aDisputeIsToldFromItsOpeningToItsEnd(String method, String expected) throws Exception {
        PaymentIntent intent = captured(stripe(), method);

        List<String> events = List.of(expected.split(" "));
        Map<String, Heard> heard = disputes(events.size());
        Set<String> ids = new HashSet<>();
        for (String event : events) {
            String type = "charge.dispute." + event.substring(0, event.indexOf('='));
            Dispute dispute = told(Objects.requireNonNull(heard.get(type), type), type, Dispute.class);
            ids.add(dispute.getId());
            assertThat(dispute.getStatus()).isEqualTo(event.substring(event.indexOf('=') + 1));
            assertThat(dispute.getPaymentIntent()).isEqualTo(intent.getId());
            assertThat(dispute.getCharge()).isEqualTo(intent.getLatestCharge());
            assertThat(dispute.getAmount()).isEqualTo(1999);
            assertThat(dispute.getCurrency()).isEqualTo("eur");
            assertThat(dispute.getReason()).isEqualTo("fraudulent");
        }
        assertThat(ids).as("one dispute").hasSize(1);
    }

    @Test
    void whatTwoEventsSayAtOnceIsToldOfByBothAfterARestartUnlessItHadArrived() throws Exception {
        assertThat(captured(stripe(), "pm_card_dispute_lost").getStatus()).isEqualTo("succeeded");
        Map<String, Heard> before = disputes(3);
        world().stop();
        world().startAgain();
        assertThat(world().heard).as("all had arrived").isEmpty();

        world().stop();
        Files.delete(world().book("provider-callbacks.ndjson"));
        world().startAgain();
        Map<String, Heard> after = disputes(3);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((type, heard) -> assertThat(heard.body())
                .isEqualTo(Objects.requireNonNull(before.get(type)).body()));
    }

    /** So many events about disputes, by type, in whatever order they come; others are passed over. */
    private Map<String, Heard> disputes(int count) {
        Map<String, Heard> disputes = new HashMap<>();
        while (disputes.size() < count) {
            Heard next = world().next();
            if (next.type().startsWith("charge.dispute.")) {
                disputes.put(next.type(), next);
            }
        }
        return disputes;
    }

    @Test
    void aPaymentIsFoundByWhatWasNotedWithIt() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent intent = authorised(stripe, "pm_card_visa");

        assertThat(found(stripe, "a").getData()).containsExactly(intent);
        assertThat(found(stripe, "b").getData()).isEmpty();
    }

    private static com.stripe.model.StripeSearchResult<PaymentIntent> found(StripeClient stripe, String noted)
            throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .search(PaymentIntentSearchParams.builder()
                        .setQuery("metadata['sluice_authorisation']:'" + noted + "'")
                        .build());
    }

    @Test
    void theSameKeyGivesTheSameAnswerAlsoAfterARestart() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent first = stripe.v1().paymentIntents().create(payment("pm_card_visa"), key("k"));
        PaymentIntent captured = stripe.v1().paymentIntents().capture(first.getId(), key("c"));
        assertThat(captured.getStatus()).isEqualTo("succeeded");

        PaymentIntent again = stripe.v1().paymentIntents().create(payment("pm_card_visa"), key("k"));
        assertThat(again).as("as it was then").isEqualTo(first);
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        world().stop();
        world().startAgain();
        PaymentIntent later = client("provider-key").v1().paymentIntents().create(payment("pm_card_visa"), key("k"));
        assertThat(later).isEqualTo(first);
        assertThat(client("provider-key").v1().paymentIntents().retrieve(first.getId()))
                .isEqualTo(captured);
        assertThat(world().effects("provider.ndjson")).containsExactly("authorised", "captured");
    }

    @Test
    void theSameKeyForSomethingElseIsRefused() throws Exception {
        StripeClient stripe = stripe();
        PaymentIntent first = stripe.v1().paymentIntents().create(payment("pm_card_visa"), key("k"));

        IdempotencyException refused = refused(
                IdempotencyException.class,
                () -> stripe.v1().paymentIntents().create(payment("pm_card_mastercard"), key("k")));
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(stripe.v1().paymentIntents().create(payment("pm_card_visa"), key("k")))
                .isEqualTo(first);
    }

    @Test
    void whatIsNotThereOrNotAllowedIsARequestsError() throws Exception {
        StripeClient stripe = stripe();
        assertThat(refused(
                                InvalidRequestException.class,
                                () -> stripe.v1().paymentIntents().retrieve("pi_unknown"))
                        .getCode())
                .isEqualTo("resource_missing");
        PaymentIntent intent = captured(stripe, "pm_card_visa");
        InvalidRequestException again = refused(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().capture(intent.getId(), newKey()));
        assertThat(again.getCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(again.getStripeError().getPaymentIntent().getStatus()).isEqualTo("succeeded");
        assertThat(refused(AuthenticationException.class, () -> authorised(client("another-key"), "pm_card_visa"))
                        .getStatusCode())
                .isEqualTo(401);
    }

    @Test
    void aServersErrorIsTheServers() {
        StripeClient stripe = stripe(plain -> plain.with(SandboxFaults.NONE.with(Fault.ERROR, 1)), "provider-key");
        assertThat(refused(ApiException.class, () -> authorised(stripe, "pm_card_visa"))
                        .getStatusCode())
                .isEqualTo(500);
    }

    @Test
    void anEventThatWasChangedIsNotBelieved() throws Exception {
        assertThat(authorised(stripe(), "pm_card_visa").getStatus()).isEqualTo("requires_capture");
        Heard heard = world().next("payment_intent.amount_capturable_updated");
        SignatureVerificationException refused = refused(
                SignatureVerificationException.class,
                () -> Webhook.constructEvent(
                        heard.body().replace("1999", "1"), heard.headers().get("stripe-signature"), World.SECRET));
        assertThat(refused).isNotNull();
    }
}
