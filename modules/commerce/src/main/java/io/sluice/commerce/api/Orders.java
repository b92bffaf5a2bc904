package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.AMOUNT;
import static io.sluice.commerce.api.CommerceFields.CONTACT_EMAIL;
import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.CURSOR;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_COUNTRY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_REGION;
import static io.sluice.commerce.api.CommerceFields.HAPPENINGS;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_FINGERPRINT;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_SCOPE;
import static io.sluice.commerce.api.CommerceFields.LIMIT;
import static io.sluice.commerce.api.CommerceFields.LINES;
import static io.sluice.commerce.api.CommerceFields.OFFERS;
import static io.sluice.commerce.api.CommerceFields.OPERATION_ID;
import static io.sluice.commerce.api.CommerceFields.ORDER;
import static io.sluice.commerce.api.CommerceFields.ORDERS;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.STATUS;
import static io.sluice.commerce.api.CommerceFields.delivery;

import io.sluice.commerce.pricing.Destination;
import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Sealed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reading and changing orders after they were placed. The parcel's buyer is the customer who asks; another's order is not
 * found. Staff ask at addresses of their own, by order id alone.
 */
public final class Orders {

    public static final Address<Find, OrderSummary> FIND = Address.of("order.find", Purpose.TRANSACTION_VERIFICATION)
            .reads(ORDER_ID)
            .as(granted -> new Find(granted.read(ORDER_ID)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    public static final Address<ListOrders, Page<OrderSummary>> LIST = Address.of(
                    "order.list", Purpose.TRANSACTION_VERIFICATION)
            .reads(CURSOR, LIMIT)
            .as(granted -> new ListOrders(granted.readOrNull(CURSOR), granted.read(LIMIT)))
            .answersReading(ORDERS, CURSOR)
            .as(granted -> new Page<>(granted.read(ORDERS), granted.readOrNull(CURSOR)));

    /** Events after the cursor (a sequence number in decimal), oldest first, at most a page. */
    public static final Address<ListHappenings, Page<OrderHappening>> HAPPENED = Address.of(
                    "order.events", Purpose.TRANSACTION_VERIFICATION)
            .reads(ORDER_ID, CURSOR, LIMIT)
            .as(granted -> new ListHappenings(granted.read(ORDER_ID), granted.readOrNull(CURSOR), granted.read(LIMIT)))
            .answersReading(HAPPENINGS, CURSOR)
            .as(granted -> new Page<>(granted.read(HAPPENINGS), granted.readOrNull(CURSOR)));

    /**
     * An order and whom it concerns, for whoever is to seal something as theirs. By its id alone: whose it is, the asker has to look.
     */
    public static final Address<Find, Concerned> CONCERNED = Address.of("order.concerned", Purpose.SHIPMENT)
            .reads(ORDER_ID)
            .as(granted -> new Find(granted.read(ORDER_ID)))
            .answersReading(ORDER)
            .as(granted -> new Concerned(granted.read(ORDER), granted.parties()));

    /** What has not gone out yet goes elsewhere. The parcel's parties are the order's. */
    public static final Address<Readdress, OrderSummary> READDRESS = Address.of("order.readdress", Purpose.SHIPMENT)
            .reads(ORDER_ID, CURSOR)
            .opens(DELIVERY_COUNTRY, DELIVERY_REGION)
            .carries(delivery())
            .as(Readdress::from)
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /** Without lines the order as a whole; lines say what is to remain. */
    public static final Address<Cancel, OrderSummary> CANCEL = Address.of(
                    "order.cancel", Purpose.TRANSACTION_VERIFICATION)
            .reads(ORDER_ID, LINES)
            .as(granted -> new Cancel(granted.read(ORDER_ID), granted.readOrNull(LINES)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /** Staff: the order by its id. */
    public static final Address<Find, OrderSummary> INSPECT = Address.of("order.inspect", Purpose.CUSTOMER_ASSISTANCE)
            .reads(ORDER_ID)
            .as(granted -> new Find(granted.read(ORDER_ID)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /**
     * Staff: whom the order concerns, masked. Refused if one of the persons has not consented to be assisted, also to staff who
     * only want to know of the other.
     */
    public static final Address<Find, PersonsShown> PERSONS = Address.of("order.persons", Purpose.CUSTOMER_ASSISTANCE)
            .reads(ORDER_ID)
            .as(granted -> new Find(granted.read(ORDER_ID)))
            .answersOpening(delivery())
            .answersOpening(CONTACT_EMAIL)
            .shownTo(Role.SUPPORT, Role.PRIVACY_OFFICER)
            .as(PersonsShown::from);

    /** Staff: sends pieces out in a parcel. No lines: all that is left. */
    public static final Address<Dispatch, OrderSummary> DISPATCH = Address.of("order.dispatch", Purpose.SHIPMENT)
            .reads(ORDER_ID, LINES, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .as(granted -> new Dispatch(
                    granted.read(ORDER_ID),
                    granted.readOrNull(LINES),
                    granted.read(IDEMPOTENCY_SCOPE),
                    granted.read(IDEMPOTENCY_FINGERPRINT)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /** Staff: takes what is owed for what has gone out. */
    public static final Address<Find, OrderSummary> CAPTURE = staff("order.capture");

    /** Staff: gives up what has not gone out, and the money for it. */
    public static final Address<Find, OrderSummary> VOID = staff("order.void");

    /** Staff: stops an order, for a while. */
    public static final Address<Find, OrderSummary> HOLD = staff("order.hold");

    /** Staff: lets a stopped order go on. */
    public static final Address<Find, OrderSummary> RELEASE = staff("order.release");

    /** Staff: pays money back. Neither amount nor lines: all that is left. */
    public static final Address<Refund, OrderSummary> REFUND = Address.of("order.refund", Purpose.REFUND_MANAGEMENT)
            .reads(ORDER_ID, AMOUNT, CURRENCY, LINES, REASON, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .as(granted -> new Refund(
                    granted.read(ORDER_ID),
                    granted.readOrNull(AMOUNT),
                    granted.readOrNull(CURRENCY),
                    granted.readOrNull(LINES),
                    granted.read(REASON),
                    granted.read(IDEMPOTENCY_SCOPE),
                    granted.read(IDEMPOTENCY_FINGERPRINT)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /** The buyer wants to send pieces back. */
    public static final Address<Back, OrderSummary> SEND_BACK = Address.of("order.return", Purpose.REFUND_MANAGEMENT)
            .reads(ORDER_ID, LINES, REASON, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .as(granted -> new Back(
                    granted.read(ORDER_ID),
                    granted.read(LINES),
                    granted.read(REASON),
                    granted.read(IDEMPOTENCY_SCOPE),
                    granted.read(IDEMPOTENCY_FINGERPRINT)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    /** Staff: takes a return a step further; to a refund with an amount, or without one for what its pieces cost. */
    public static final Address<Further, OrderSummary> RETURNED = Address.of(
                    "order.returned", Purpose.REFUND_MANAGEMENT)
            .reads(ORDER_ID, OPERATION_ID, STATUS, AMOUNT, CURRENCY)
            .as(granted -> new Further(
                    granted.read(ORDER_ID),
                    granted.read(OPERATION_ID),
                    granted.read(STATUS),
                    granted.readOrNull(AMOUNT),
                    granted.readOrNull(CURRENCY)))
            .answersReading(ORDER)
            .as(granted -> granted.read(ORDER));

    public static final Address<ListOffers, Page<ProductOffer>> OFFERED = Address.of(
                    "product.list", Purpose.TRANSACTION_VERIFICATION)
            .reads(CURSOR, LIMIT)
            .as(granted -> new ListOffers(granted.readOrNull(CURSOR), granted.read(LIMIT)))
            .answersReading(OFFERS, CURSOR)
            .as(granted -> new Page<>(granted.read(OFFERS), granted.readOrNull(CURSOR)));

    /** Announced whenever an order has changed. */
    public static final Address<UUID, Address.Done> CHANGED = Address.of(
                    "order.changed", Purpose.TRANSACTION_VERIFICATION)
            .reads(ORDER_ID)
            .as(granted -> granted.read(ORDER_ID))
            .withoutAnswer();

    private Orders() {}

    /** What staff do with an order by its id alone; doing it again changes nothing. */
    private static Address<Find, OrderSummary> staff(String name) {
        return Address.of(name, Purpose.TRANSACTION_VERIFICATION)
                .reads(ORDER_ID)
                .as(granted -> new Find(granted.read(ORDER_ID)))
                .answersReading(ORDER)
                .as(granted -> granted.read(ORDER));
    }

    public record Find(UUID orderId) {}

    public record ListOrders(@Nullable String cursor, long limit) {}

    public record ListHappenings(UUID orderId, @Nullable String after, long limit) {}

    /** @param keep so many of each are to remain; null for none of the order */
    public record Cancel(UUID orderId, @Nullable List<LineWanted> keep) {}

    /** @param parties the order's */
    public record Concerned(OrderSummary order, Parties parties) {}

    /**
     * @param seen the version that the asker has seen, in decimal: the sequence number of its last event; null for any
     * @param to the country and region of the address
     * @param delivery the whole address, sealed as the order's
     */
    public record Readdress(UUID orderId, @Nullable String seen, Destination to, Map<Field<String>, Sealed> delivery) {
        public Readdress {
            delivery = Map.copyOf(delivery);
        }

        private static Readdress from(Granted granted) {
            return new Readdress(
                    granted.read(ORDER_ID),
                    granted.readOrNull(CURSOR),
                    Destination.of(granted.opened(DELIVERY_COUNTRY), granted.openedOrNull(DELIVERY_REGION)),
                    granted.carriedOf(CommerceFields.DELIVERY));
        }
    }

    /** @param lines by SKU and quantity; null for all that is left */
    public record Dispatch(UUID orderId, @Nullable List<LineWanted> lines, String scope, String fingerprint) {}

    /** @param lines by SKU and quantity */
    public record Back(UUID orderId, List<LineWanted> lines, String reason, String scope, String fingerprint) {}

    /** @param step {@code authorise}, {@code receive} (to be sold again), {@code discard} (received, but not), {@code refund}, {@code reject} */
    public record Further(
            UUID orderId,
            UUID returnId,
            String step,
            @Nullable Long amount,
            @Nullable String currency) {}

    public record ListOffers(@Nullable String cursor, long limit) {}

    /**
     * @param amount in minor units, with its currency; null for all that is left, or for what the lines cost
     * @param lines by SKU and quantity; null for the order as a whole
     */
    public record Refund(
            UUID orderId,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable List<LineWanted> lines,
            String reason,
            String scope,
            String fingerprint) {}

    /** One page of a list; {@code next} is null on the last one. */
    public record Page<T>(List<T> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
