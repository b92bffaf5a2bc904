package io.sluice.commerce.subscription;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.Subscription;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.SubjectId;
import java.util.List;
import java.util.UUID;

/**
 * An order's next event for one subscription, leased by this node.
 *
 * @param told the sequence number before which all has been told
 * @param tries how often it was tried in vain
 * @param holds how often in a row it was refused
 */
record Telling(Hold hold, long told, int tries, int holds, Subscription to, Content content) {

    /**
     * This node's hold on one order of one subscription.
     *
     * @param fence counted on by whoever takes the row: a hold with another count settles nothing any more
     */
    record Hold(UUID subscription, UUID order, long fence) {}

    /** What is told. */
    record Content(SubjectId buyer, OrderHappening event, long total, String currency) {}

    long sequence() {
        return content.event().sequence();
    }

    Parcel parcel() {
        return Parcel.about(Parties.of(content.buyer(), hold.order()))
                .with(CommerceFields.SUBSCRIPTIONS, List.of(to))
                .with(CommerceFields.ORDER_ID, hold.order())
                .with(CommerceFields.HAPPENINGS, List.of(content.event()))
                .with(CommerceFields.AMOUNT, content.total())
                .with(CommerceFields.CURRENCY, content.currency());
    }
}
