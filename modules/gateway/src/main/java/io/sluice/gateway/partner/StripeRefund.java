package io.sluice.gateway.partner;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.stripe.StripeTerms;
import io.sluice.guard.Parcel;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refund as Stripe tells it. */
record StripeRefund(Answered said) {

    /** Whether it is the one that this operation made. */
    boolean isOf(UUID operation) {
        return operation.toString().equals(said.within("metadata").text(StripeTerms.REFUND));
    }

    @Nullable String id() {
        String id = said.text("id");
        return id != null && PathSegment.isOne(id) ? id : null;
    }

    /** How it stands; empty if that makes no sense. */
    Optional<Parcel> answer() {
        String status = said.code("status");
        String currency = said.text("currency");
        Long amount = said.number("amount");
        if (!"refund".equals(said.text("object"))
                || id() == null
                || status == null
                || currency == null
                || amount == null
                || amount < 0) {
            return Optional.empty();
        }
        String word = switch (status) {
            case "succeeded" -> "succeeded";
            // nobody of ours can do what a refund that requires action waits for
            case "pending", "requires_action" -> "pending";
            // also after it had succeeded
            case "failed", "canceled" -> "reversed";
            default -> null;
        };
        String capitals = currency.toUpperCase(Locale.ROOT);
        Long standard = StripeTerms.UNITS.standard(amount, capitals);
        return word == null || standard == null
                ? Optional.empty()
                : Optional.of(Parcel.plain()
                        .with(CommerceFields.STATUS, word)
                        .with(CommerceFields.REFERENCE, id())
                        .with(CommerceFields.AMOUNT, standard)
                        .with(CommerceFields.CURRENCY, capitals)
                        .with(CommerceFields.REASON, said.code("failure_reason")));
    }
}
