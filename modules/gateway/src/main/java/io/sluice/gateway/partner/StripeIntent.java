package io.sluice.gateway.partner;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.stripe.StripeTerms;
import io.sluice.guard.Parcel;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent as Stripe tells it, and what it says of our operations: each has noted there which one it is. Money is in Stripe's
 * units.
 */
record StripeIntent(String id, String status, long capturable, long received, String currency, Answered said) {

    private static final String OBJECT = "payment_intent";

    /** Null if it is none, or leaves out what every one says. */
    static @Nullable StripeIntent of(Answered said) {
        String id = said.text("id");
        String status = said.code("status");
        String currency = said.text("currency");
        if (!OBJECT.equals(said.text("object")) || id == null || status == null || currency == null) {
            return null;
        }
        return PathSegment.isOne(id) && !StripeTerms.isCapture(id)
                ? new StripeIntent(
                        id,
                        status,
                        amount(said.number("amount_capturable")),
                        amount(said.number("amount_received")),
                        currency.toUpperCase(Locale.ROOT),
                        said)
                : null;
    }

    private static long amount(@Nullable Long number) {
        return number == null || number < 0 ? 0 : number;
    }

    boolean isCancelled() {
        return status.equals("canceled");
    }

    /** Whether it says of itself that this operation made it, or let go of it. */
    boolean names(String kind, UUID operation) {
        return operation.toString().equals(said.within("metadata").text(kind));
    }

    /** What has become of the authorisation that made it; empty if that makes no sense. */
    Optional<Parcel> authorisation() {
        return switch (status) {
            // in whatever order captures came since: what can be captured and what was are together what was authorised
            case "requires_capture" -> answer("succeeded", id, capturable + received, null);
            case "succeeded" -> answer("succeeded", id, said.number("amount"), null);
            case "processing" -> answer("pending", id, said.number("amount"), null);
            case "requires_action" ->
                answer("requires_action", id, said.number("amount"), null)
                        .map(waiting -> waiting.with(
                                CommerceFields.NEXT_ACTION_URL,
                                said.within("next_action")
                                        .within("redirect_to_url")
                                        .text("url")));
            case "requires_payment_method" -> answer("declined", id, said.number("amount"), declined());
            case "canceled" -> answer("expired", id, said.number("amount"), said.code("cancellation_reason"));
            default -> Optional.empty();
        };
    }

    private @Nullable String declined() {
        Answered error = said.within("last_payment_error");
        String byTheBank = error.code("decline_code");
        return byTheBank == null ? error.code("code") : byTheBank;
    }

    /** What this capture took; empty if it never happened. */
    Optional<Parcel> capture(UUID operation) {
        String own = StripeTerms.captured(operation);
        Answered metadata = said.within("metadata");
        if (metadata.text(own) == null) {
            return Optional.empty();
        }
        long others = metadata.body().fieldNames().stream()
                .filter(StripeTerms::isCaptured)
                .filter(name -> !name.equals(own))
                .mapToLong(name -> StripeTerms.noted(metadata.text(name)))
                .sum();
        return answer("succeeded", StripeTerms.reference(id, operation), Math.max(0, received - others), null);
    }

    /** Whether this operation has let go of it; empty if it has not, or not yet. Whether anything had been captured does not matter. */
    Optional<Parcel> release(UUID operation) {
        return names(StripeTerms.VOID, operation) && isCancelled()
                ? answer("succeeded", id, null, said.code("cancellation_reason"))
                : Optional.empty();
    }

    private Optional<Parcel> answer(String word, String reference, @Nullable Long moved, @Nullable String reason) {
        Long standard = moved == null ? null : StripeTerms.UNITS.standard(moved, currency);
        return moved != null && standard == null
                ? Optional.empty()
                : Optional.of(Parcel.plain()
                        .with(CommerceFields.STATUS, word)
                        .with(CommerceFields.REFERENCE, reference)
                        .with(CommerceFields.AMOUNT, standard)
                        .with(CommerceFields.CURRENCY, currency)
                        .with(CommerceFields.REASON, reason));
    }
}
