package io.sluice.commerce.api;

import static io.sluice.kernel.Field.operational;
import static io.sluice.kernel.Field.personal;

import io.sluice.kernel.Field;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.sluice.kernel.ValueType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Every field that a message of commerce may hold. Ids 0 to 31 of the catalogue are commerce's; none is ever reused. */
public final class CommerceFields {

    // operational: order
    public static final Field<UUID> ORDER_ID = operational(0, "order.id", ValueType.ID);
    public static final Field<String> CURRENCY = operational(1, "order.currency", ValueType.TEXT);
    public static final Field<List<LineWanted>> LINES = operational(2, "order.lines", LineWanted.LIST);
    public static final Field<OrderSummary> ORDER = operational(3, "order.summary", OrderSummary.TYPE);
    public static final Field<List<OrderSummary>> ORDERS =
            operational(4, "order.summaries", ValueType.listOf(OrderSummary.TYPE));
    public static final Field<List<OrderHappening>> HAPPENINGS =
            operational(5, "order.events", ValueType.listOf(OrderHappening.TYPE));
    public static final Field<List<ProductOffer>> OFFERS =
            operational(6, "product.offers", ValueType.listOf(ProductOffer.TYPE));

    /** A country, and a part of it if its code is known; of a question in which nobody is named. */
    public static final Field<String> DESTINATION = operational(53, "order.destination", ValueType.TEXT);

    public static final Field<Quote> QUOTE = operational(54, "order.quote", Quote.TYPE);

    // operational: asking
    /** Where a list or an event stream goes on; opaque to the asker. */
    public static final Field<String> CURSOR = operational(7, "query.cursor", ValueType.TEXT);

    public static final Field<Long> LIMIT = operational(8, "query.limit", ValueType.LONG);
    /** Hex of a keyed hash over principal, method, path and idempotency key. */
    public static final Field<String> IDEMPOTENCY_SCOPE = operational(9, "idempotency.scope", ValueType.TEXT);
    /** Hex of a keyed hash over the canonical body. */
    public static final Field<String> IDEMPOTENCY_FINGERPRINT =
            operational(10, "idempotency.fingerprint", ValueType.TEXT);
    /** Whether this is the first answer said once more. */
    public static final Field<Boolean> REPLAYED = operational(11, "idempotency.replayed", ValueType.FLAG);

    // operational: money, parcels and partners
    /** The operation's id, which is its idempotency key with the partner. */
    public static final Field<UUID> OPERATION_ID = operational(12, "operation.id", ValueType.ID);

    public static final Field<Long> AMOUNT = operational(13, "operation.amount", ValueType.LONG);
    public static final Field<String> STATUS = operational(14, "operation.status", ValueType.TEXT);
    /** The partner's own id of what was done. */
    public static final Field<String> REFERENCE = operational(15, "operation.reference", ValueType.TEXT);

    public static final Field<String> REASON = operational(16, "operation.reason", ValueType.TEXT);
    public static final Field<String> NEXT_ACTION_URL = operational(17, "operation.next_action_url", ValueType.TEXT);
    public static final Field<Boolean> FINAL = operational(18, "operation.final", ValueType.FLAG);
    public static final Field<String> TRACKING_NUMBER = operational(19, "shipment.tracking_number", ValueType.TEXT);
    public static final Field<String> PARTNER = operational(20, "callback.partner", ValueType.TEXT);
    public static final Field<String> EVENT_ID = operational(21, "callback.event_id", ValueType.TEXT);
    public static final Field<String> EVENT_KIND = operational(22, "callback.kind", ValueType.TEXT);
    public static final Field<List<Subscription>> SUBSCRIPTIONS =
            operational(59, "subscription.summaries", ValueType.listOf(Subscription.TYPE));

    // personal
    public static final Field<String> DELIVERY_NAME = personal(23, "delivery.name", Level.P2, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_LINE1 = personal(24, "delivery.line1", Level.P2, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_LINE2 = personal(25, "delivery.line2", Level.P2, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_CITY = personal(26, "delivery.city", Level.P1, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_REGION = personal(27, "delivery.region", Level.P1, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_POSTCODE = personal(28, "delivery.postcode", Level.P1, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_COUNTRY = personal(29, "delivery.country", Level.P1, Owner.ADDRESSEE);
    public static final Field<String> DELIVERY_PHONE = personal(30, "delivery.phone", Level.P2, Owner.ADDRESSEE);
    public static final Field<String> PAYMENT_METHOD = personal(31, "payment.method", Level.P3, Owner.BUYER);
    public static final Field<String> CONTACT_EMAIL = personal(60, "contact.email", Level.P2, Owner.BUYER);
    public static final Field<String> RECIPIENT_NAME = personal(61, "recipient.name", Level.P2, Owner.ADDRESSEE);
    public static final Field<String> RECIPIENT_EMAIL = personal(62, "recipient.email", Level.P2, Owner.ADDRESSEE);

    /** What a carrier needs to bring a parcel. */
    public static final List<Field<String>> DELIVERY = List.of(
            DELIVERY_NAME,
            DELIVERY_LINE1,
            DELIVERY_LINE2,
            DELIVERY_CITY,
            DELIVERY_REGION,
            DELIVERY_POSTCODE,
            DELIVERY_COUNTRY,
            DELIVERY_PHONE);

    /** What rests sealed with an order: every personal field. */
    public static final List<Field<String>> SEALED_WITH_ORDER = Stream.concat(
                    DELIVERY.stream(), Stream.of(PAYMENT_METHOD, CONTACT_EMAIL, RECIPIENT_NAME, RECIPIENT_EMAIL))
            .toList();

    private static final List<Field<?>> OPERATIONAL = List.of(
            ORDER_ID,
            CURRENCY,
            LINES,
            ORDER,
            ORDERS,
            HAPPENINGS,
            OFFERS,
            DESTINATION,
            QUOTE,
            CURSOR,
            LIMIT,
            IDEMPOTENCY_SCOPE,
            IDEMPOTENCY_FINGERPRINT,
            REPLAYED,
            OPERATION_ID,
            AMOUNT,
            STATUS,
            REFERENCE,
            REASON,
            NEXT_ACTION_URL,
            FINAL,
            TRACKING_NUMBER,
            PARTNER,
            EVENT_ID,
            EVENT_KIND,
            SUBSCRIPTIONS);

    public static final List<Field<?>> ALL = Stream.<Field<?>>concat(OPERATIONAL.stream(), SEALED_WITH_ORDER.stream())
            .toList();

    private CommerceFields() {}

    static Field<?>[] delivery() {
        return DELIVERY.toArray(Field<?>[]::new);
    }

    static Field<?>[] sealedWithOrder() {
        return SEALED_WITH_ORDER.toArray(Field<?>[]::new);
    }
}
