package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.CURSOR;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_FINGERPRINT;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_SCOPE;
import static io.sluice.commerce.api.CommerceFields.LIMIT;
import static io.sluice.commerce.api.CommerceFields.OPERATION_ID;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.SUBSCRIPTIONS;

import io.sluice.commerce.ordering.OrderEvent;
import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Purpose;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the merchant does with subscriptions. A subscription's id travels as the id of what the call is about. */
public final class Subscriptions {

    /** The kinds of event that can be asked for. */
    public static final Set<String> EVENTS = Arrays.stream(OrderEvent.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toUnmodifiableSet());

    /** The same scope and fingerprint again is the same subscription. */
    public static final Address<Open, Subscription> OPEN = Address.of(
                    "subscription.open", Purpose.TRANSACTION_VERIFICATION)
            .reads(SUBSCRIPTIONS, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .as(granted -> new Open(
                    granted.read(SUBSCRIPTIONS).getFirst(),
                    granted.read(IDEMPOTENCY_SCOPE),
                    granted.read(IDEMPOTENCY_FINGERPRINT)))
            .answersReading(SUBSCRIPTIONS)
            .as(Subscriptions::one);

    public static final Address<UUID, Subscription> FIND = about("subscription.find");

    /** The newest first. */
    public static final Address<Orders.ListOffers, Orders.Page<Subscription>> LIST = Address.of(
                    "subscription.list", Purpose.TRANSACTION_VERIFICATION)
            .reads(CURSOR, LIMIT)
            .as(granted -> new Orders.ListOffers(granted.readOrNull(CURSOR), granted.read(LIMIT)))
            .answersReading(SUBSCRIPTIONS, CURSOR)
            .as(granted -> new Orders.Page<>(granted.read(SUBSCRIPTIONS), granted.readOrNull(CURSOR)));

    /** Ends it, and forgets what it has not been told. */
    public static final Address<UUID, Address.Done> CLOSE = Address.of(
                    "subscription.close", Purpose.TRANSACTION_VERIFICATION)
            .reads(OPERATION_ID)
            .as(granted -> granted.read(OPERATION_ID))
            .withoutAnswer();

    /** Makes one more secret, with which the one before goes on signing for a while. */
    public static final Address<UUID, Subscription> ROTATE = about("subscription.rotate");

    /** Goes on where it was when its receiver said that it was gone. */
    public static final Address<UUID, Subscription> ENABLE = about("subscription.enable");

    /** Tells again what was parked, or what has happened to one order. */
    public static final Address<Replay, Subscription> REPLAY = Address.of(
                    "subscription.replay", Purpose.TRANSACTION_VERIFICATION)
            .reads(OPERATION_ID, ORDER_ID, CURSOR)
            .as(granted ->
                    new Replay(granted.read(OPERATION_ID), granted.readOrNull(ORDER_ID), granted.readOrNull(CURSOR)))
            .answersReading(SUBSCRIPTIONS)
            .as(Subscriptions::one);

    private Subscriptions() {}

    public record Open(Subscription wanted, String scope, String fingerprint) {}

    /**
     * @param orderId null for all that is parked
     * @param after the sequence number of the last event that is not to be told again; null for none
     */
    public record Replay(
            UUID subscription,
            @Nullable UUID orderId,
            @Nullable String after) {}

    private static Address<UUID, Subscription> about(String name) {
        return Address.of(name, Purpose.TRANSACTION_VERIFICATION)
                .reads(OPERATION_ID)
                .as(granted -> granted.read(OPERATION_ID))
                .answersReading(SUBSCRIPTIONS)
                .as(Subscriptions::one);
    }

    private static Subscription one(Granted granted) {
        return granted.read(SUBSCRIPTIONS).getFirst();
    }
}
