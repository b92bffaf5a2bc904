package io.sluice.gateway.webhook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a callback says of one event. */
public sealed interface Said {

    /** Of a kind that is ours. */
    record Known(Slots slots) implements Said {}

    /** The same, unless a slot held what it must not; that counts only if the kind is ours. */
    default Said in(Slot.Form form) {
        return form == Slot.Form.BAD_SLOT && this instanceof Known ? new Malformed() : this;
    }

    /** Of another kind: nothing to do. */
    record Unknown() implements Said {}

    /** Not as its protocol has it, or a slot holds what it must not. */
    record Malformed() implements Said {}

    /**
     * The catalogued slots; null where nothing was said.
     *
     * <p>Who reads them goes by operation and status alone, so a protocol names an operation only if the partner's message says
     * of which kind it is: the cancellation of a payment must not pass for the success of its authorisation.
     *
     * @param kind what happened, in the words of {@link Channel} and after a dot in the partner's
     * @param status one of commerce's words, or another one that moves nothing
     * @param amount in minor units of ISO 4217, whatever the partner counts in
     * @param reason a word of a list
     */
    record Slots(
            String kind,
            @Nullable UUID operationId,
            @Nullable String reference,
            @Nullable String status,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String trackingNumber,
            @Nullable String reason) {}
}
