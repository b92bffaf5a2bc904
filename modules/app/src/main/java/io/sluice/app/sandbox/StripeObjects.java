package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Acquirer.Standing;
import io.sluice.app.sandbox.Operation.Kind;
import io.sluice.app.sandbox.Operation.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the acquirer knows, as Stripe's objects of API version 2026-07-29. Ids are the operations' own, spelled Stripe's way. */
final class StripeObjects {

    private static final String UNKNOWN = "00000000-0000-0000-0000-000000000000";

    private final Function<String, Map<String, String>> metadata;
    private final Function<String, String> challenges;

    /**
     * @param metadata all that was noted with an authorisation, by its id
     * @param challenges where the bank's page of a challenge is
     */
    StripeObjects(Function<String, Map<String, String>> metadata, Function<String, String> challenges) {
        this.metadata = metadata;
        this.challenges = challenges;
    }

    /** The operation's id behind one of Stripe's. */
    static String operation(String prefix, String stripes) {
        String hex = stripes.substring(stripes.indexOf('_') + 1);
        return prefix
                + (hex.matches("[0-9a-f]{32}")
                        ? hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                        : UNKNOWN);
    }

    static String stripes(String prefix, String operation) {
        return prefix + operation.substring(operation.indexOf('_') + 1).replace("-", "");
    }

    /** A payment intent as it stands now. */
    JsonObject intent(Standing authorisation) {
        Operation now = authorisation.now();
        String status = status(authorisation);
        boolean wasHeld = authorisation.taken() > 0 || now.succeeded() || now.status() == Status.EXPIRED;
        JsonObject intent = new JsonObject()
                .put("id", stripes("pi_", now.id()))
                .put("object", "payment_intent")
                .put("amount", now.amount())
                .put("amount_capturable", authorisation.left())
                .put("amount_received", captured(authorisation))
                .put("cancellation_reason", status.equals("canceled") ? cancellation(authorisation) : null)
                .put("capture_method", "manual")
                .put("confirmation_method", "automatic")
                .put("created", created(now.id()))
                .put("currency", now.currency().toLowerCase(Locale.ROOT))
                .put("latest_charge", wasHeld ? stripes("ch_", now.id()) : null)
                .put("livemode", false)
                .put("metadata", new JsonObject(Map.copyOf(metadata.apply(now.id()))))
                .put("next_action", null)
                .put("payment_method_types", new JsonArray().add("card"))
                .put("status", status);
        if (status.equals("requires_action")) {
            JsonObject page = new JsonObject().put("url", challenges.apply(String.valueOf(now.challenge())));
            intent.put(
                    "next_action",
                    new JsonObject().put("type", "redirect_to_url").put("redirect_to_url", page));
        } else if (status.equals("requires_payment_method")) {
            intent.put("last_payment_error", decline(now.declineCode()));
        }
        return intent;
    }

    private static String status(Standing authorisation) {
        Operation now = authorisation.now();
        boolean isLetGo = authorisation.done(Kind.VOID).findAny().isPresent();
        return switch (now.status()) {
            case REQUIRES_ACTION -> "requires_action";
            case DECLINED -> isLetGo ? "canceled" : "requires_payment_method";
            case EXPIRED -> authorisation.taken() > 0 ? "succeeded" : "canceled";
            default -> isLetGo ? "canceled" : authorisation.left() > 0 ? "requires_capture" : "succeeded";
        };
    }

    private static long captured(Standing authorisation) {
        return authorisation
                .done(Kind.CAPTURE)
                .mapToLong(one -> one.now().amount())
                .sum();
    }

    private static String cancellation(Standing authorisation) {
        return authorisation
                .done(Kind.VOID)
                .findFirst()
                .map(Standing::first)
                .map(Operation::metadata)
                .map(notes -> notes.get("cancellation_reason"))
                .orElse("automatic");
    }

    /** Why a card was not charged. */
    static JsonObject decline(@Nullable String code) {
        JsonObject error = StripeWording.error("card_error", "card_declined");
        return "authentication_failed".equals(code)
                ? error.put("code", "payment_intent_authentication_failure")
                : error.put("decline_code", "generic_decline");
    }

    /** A charge whose time has passed. */
    JsonObject charge(Standing authorisation) {
        Operation now = authorisation.now();
        return new JsonObject()
                .put("id", stripes("ch_", now.id()))
                .put("object", "charge")
                .put("amount", now.amount())
                .put("amount_captured", captured(authorisation))
                .put("captured", authorisation.taken() > 0)
                .put("created", created(now.id()))
                .put("currency", now.currency().toLowerCase(Locale.ROOT))
                .put("livemode", false)
                .put("metadata", new JsonObject(Map.copyOf(metadata.apply(now.id()))))
                .put("payment_intent", stripes("pi_", now.id()))
                .put("status", "succeeded");
    }

    /** A refund as it stands now. */
    JsonObject refund(Operation refund, String authorisation) {
        Map<String, String> notes = refund.metadata();
        return new JsonObject()
                .put("id", stripes("re_", refund.id()))
                .put("object", "refund")
                .put("amount", refund.amount())
                .put("charge", stripes("ch_", authorisation))
                .put("created", created(refund.id()))
                .put("currency", refund.currency().toLowerCase(Locale.ROOT))
                .put("failure_reason", refund.succeeded() ? null : "declined")
                .put("metadata", new JsonObject(Map.copyOf(notes == null ? Map.of() : notes)))
                .put("payment_intent", stripes("pi_", authorisation))
                .put("status", refund.succeeded() ? "succeeded" : "failed");
    }

    /** A dispute as it stands now. */
    JsonObject dispute(Operation chargeback, String authorisation) {
        return new JsonObject()
                .put("id", stripes("dp_", chargeback.id()))
                .put("object", "dispute")
                .put("amount", chargeback.amount())
                .put("charge", stripes("ch_", authorisation))
                .put("created", created(chargeback.id()))
                .put("currency", chargeback.currency().toLowerCase(Locale.ROOT))
                .put("is_charge_refundable", false)
                .put("livemode", false)
                .put("metadata", new JsonObject())
                .put("payment_intent", stripes("pi_", authorisation))
                .put("reason", "fraudulent")
                .put(
                        "status",
                        switch (chargeback.status()) {
                            case WON -> "won";
                            case LOST -> "lost";
                            default -> "needs_response";
                        });
    }

    /** Seconds since 1970: the partner's ids begin with their time (RFC 9562, 5.7). */
    private static long created(String operation) {
        UUID id = UUID.fromString(operation.substring(operation.indexOf('_') + 1));
        return (id.getMostSignificantBits() >>> 16) / 1000;
    }
}
