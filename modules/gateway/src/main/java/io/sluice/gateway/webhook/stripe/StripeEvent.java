package io.sluice.gateway.webhook.stripe;

import io.sluice.commerce.api.DisputeName;
import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Slot;
import io.sluice.gateway.webhook.WebhookRefusal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of Stripe's while it is being read: the envelope and, of the object within, what any of the kinds needs that are
 * ours. Which one it is stands behind the object, so the slots are read first and understood afterwards.
 *
 * <p>Money is booked from payment intents and refunds only: {@code charge.refunded} also tells of a hold that was let go.
 */
final class StripeEvent {

    private static final Pattern EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    private @Nullable String id;
    private @Nullable String envelope;
    private @Nullable String type;
    private @Nullable String reference;
    private @Nullable String paymentIntent;
    private @Nullable String status;
    private @Nullable Long amount;
    private @Nullable Long amountCapturable;
    private @Nullable Long amountReceived;
    private @Nullable String currency;
    private @Nullable String declineCode;
    private @Nullable String errorCode;
    private @Nullable String cancellationReason;
    private @Nullable String failureReason;
    private @Nullable String disputeReason;
    private @Nullable UUID authorisation;
    private @Nullable UUID capture;
    private @Nullable UUID release;
    private @Nullable UUID refund;
    /** What captures of the payment intent say that they took. */
    private final Map<String, Long> captured = new HashMap<>();

    private StripeEvent() {}

    static Verdict read(byte[] body) {
        StripeEvent event = new StripeEvent();
        Slot.Form form = Slot.read(body, event::envelope);
        if (form != Slot.Form.NO_OBJECT && "v2.core.event".equals(event.envelope)) {
            return new Verdict.Doubtful(WebhookRefusal.WITHOUT_DATA);
        }
        String id = event.id;
        String type = event.type;
        if (form == Slot.Form.NO_OBJECT || !"event".equals(event.envelope) || id == null || type == null) {
            return new Verdict.Doubtful(WebhookRefusal.MALFORMED);
        }
        return Verdict.of(id, event.said(type).in(form));
    }

    private void envelope(String name, Slot value) throws IOException {
        switch (name) {
            case "id" -> id = value.text(EVENT_ID);
            case "object" -> envelope = value.text();
            case "type" -> type = value.text();
            case "data" -> value.object(this::data);
            default -> {
                // surplus
            }
        }
    }

    private void data(String name, Slot value) throws IOException {
        if (name.equals("object")) {
            value.object(this::object);
        }
    }

    private void object(String name, Slot value) throws IOException {
        switch (name) {
            case "id" -> reference = value.text();
            case "payment_intent" -> paymentIntent = value.textOrNothing();
            case "status" -> status = value.text(Slot.CODE);
            case "amount" -> amount = value.number();
            case "amount_capturable" -> amountCapturable = value.number();
            case "amount_received" -> amountReceived = value.number();
            case "currency" -> currency = value.text(CURRENCY);
            case "cancellation_reason" -> cancellationReason = value.code();
            case "failure_reason" -> failureReason = value.code();
            case "reason" -> disputeReason = value.code();
            case "last_payment_error" -> value.object(this::error);
            case "metadata" -> value.object(this::metadata);
            default -> {
                // surplus
            }
        }
    }

    private void error(String name, Slot value) throws IOException {
        switch (name) {
            case "decline_code" -> declineCode = value.code();
            case "code" -> errorCode = value.code();
            default -> {
                // surplus
            }
        }
    }

    /** Whoever asks Stripe for something notes there, under its kind, which operation of ours it is. */
    private void metadata(String name, Slot value) throws IOException {
        switch (name) {
            case StripeTerms.AUTHORISATION -> authorisation = value.id();
            case StripeTerms.CAPTURE -> capture = value.id();
            case StripeTerms.VOID -> release = value.id();
            case StripeTerms.REFUND -> refund = value.id();
            default -> {
                if (StripeTerms.isCaptured(name)) {
                    captured.put(name, StripeTerms.noted(value.textOrNothing()));
                }
            }
        }
    }

    private Said said(String type) {
        return switch (type) {
            case "payment_intent.amount_capturable_updated" -> authorised();
            case "payment_intent.requires_action" ->
                known("authorisation", "requires_action", authorisation, amount, null);
            case "payment_intent.processing" -> known("authorisation", "pending", authorisation, amount, null);
            case "payment_intent.payment_failed" ->
                known(
                        "authorisation",
                        "declined",
                        authorisation,
                        amount,
                        declineCode == null ? errorCode : declineCode);
            case "payment_intent.succeeded" -> captured();
            // a payment that we did not cancel ourselves is over for whatever is still open of it
            case "payment_intent.canceled" ->
                release == null
                        ? known("authorisation", "expired", authorisation, amount, cancellationReason)
                        : known("void", "succeeded", release, amount, cancellationReason);
            case "charge.expired" -> known("authorisation", "expired", authorisation, amount, null);
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" -> refunded();
            case "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated" -> disputed(type.substring("charge.dispute.".length()));
            default -> new Said.Unknown();
        };
    }

    /** What can be captured and what was already are together what was authorised, in whatever order captures are heard of. */
    private Said authorised() {
        long capturable = amountCapturable == null ? 0 : amountCapturable;
        if (capturable == 0) {
            return new Said.Unknown();
        }
        long authorised = capturable + (amountReceived == null ? 0 : amountReceived);
        // of two numbers from 0 on, a sum below 0 is too large
        return authorised < 0
                ? new Said.Malformed()
                : known("authorisation", "succeeded", authorisation, authorised, null);
    }

    /** Stripe tells what all captures took; the last one's part is what the others do not say that they took. */
    private Said captured() {
        if (capture == null || reference == null || amountReceived == null) {
            return known("capture", "succeeded", capture, amountReceived, null);
        }
        String own = StripeTerms.captured(capture);
        long others = captured.entrySet().stream()
                .filter(noted -> !noted.getKey().equals(own))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return known(
                "capture",
                "succeeded",
                "succeeded",
                StripeTerms.reference(reference, capture),
                capture,
                Math.max(0, amountReceived - others),
                null);
    }

    private Said refunded() {
        String word = status == null
                ? null
                : switch (status) {
                    case "succeeded" -> "succeeded";
                    // also after it had succeeded
                    case "failed", "canceled" -> "reversed";
                    // nobody of ours can do what such a refund waits for
                    case "pending", "requires_action" -> "pending";
                    default -> null;
                };
        return known("refund", word, refund, amount, failureReason);
    }

    /**
     * A dispute is none of ours and names no operation, but the payment that it is about. Money has moved once it is withdrawn or
     * reinstated, and at its end has gone where that says; what is announced, or an inquiry that was closed, has moved none.
     */
    private Said disputed(String happened) {
        String word = switch (happened) {
            case "created" -> "announced";
            case "funds_withdrawn" -> "opened";
            case "funds_reinstated" -> "won";
            case "closed" -> "won".equals(status) || "lost".equals(status) ? status : null;
            default -> null;
        };
        String payment = paymentIntent;
        String dispute = reference;
        String about =
                payment == null || dispute == null || !ID.matcher(payment).matches() || dispute.isEmpty()
                        ? dispute
                        : new DisputeName(payment, dispute).reference();
        return known("chargeback", happened, word, about, null, amount, disputeReason);
    }

    private Said known(
            String kind,
            @Nullable String word,
            @Nullable UUID operation,
            @Nullable Long moved,
            @Nullable String reason) {
        return known(kind, word == null ? "unknown" : word, word, reference, operation, moved, reason);
    }

    private Said known(
            String kind,
            String happened,
            @Nullable String word,
            @Nullable String about,
            @Nullable UUID operation,
            @Nullable Long moved,
            @Nullable String reason) {
        String capitals = currency == null ? null : currency.toUpperCase(Locale.ROOT);
        Long standard = moved == null || capitals == null ? moved : StripeTerms.UNITS.standard(moved, capitals);
        if (moved != null && standard == null) {
            return new Said.Malformed();
        }
        return new Said.Known(
                new Said.Slots(kind + "." + happened, operation, about, word, standard, capitals, null, reason));
    }
}
