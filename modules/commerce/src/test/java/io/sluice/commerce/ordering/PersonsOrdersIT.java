package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static io.sluice.commerce.api.CommerceFields.CONTACT_EMAIL;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_CITY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_NAME;
import static io.sluice.commerce.api.CommerceFields.PAYMENT_METHOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parties;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left in orders of a person who is erased, buyer or recipient, on a real PostgreSQL. */
@Clause("D4")
class PersonsOrdersIT {

    /** Keeps how it was paid, as another ciphertext, where money was taken. */
    private static final PersonsOrders.Keeping PAYMENT = (order, ended, theirs) -> Future.succeededFuture(
            ended.isPresent() && theirs.containsKey(PAYMENT_METHOD)
                    ? Map.of(PAYMENT_METHOD, sealed("held"))
                    : Map.of());

    private static final PersonsOrders.Keeping NOTHING = (order, ended, theirs) -> Future.succeededFuture(Map.of());

    private static ShopFloor floor;

    private final Ids ids = Ids.secure(InstantSource.system());
    private final SubjectId ada = somebody();
    private final SubjectId bo = somebody();

    @BeforeAll
    static void open() throws Exception {
        floor = ShopFloor.open();
    }

    @AfterAll
    static void close() throws Exception {
        floor.close();
    }

    @Test
    void anOrderUnderWayNeedsItsBuyerAndItsRecipientUntilItIsOver() throws Exception {
        UUID order = placed(ada, bo);
        assertThat(await(orders().anyOpen(ada))).isTrue();
        assertThat(await(orders().anyOpen(bo))).isTrue();
        assertThat(await(orders().anyOpen(somebody()))).as("somebody else").isFalse();

        delivered(order);

        assertThat(await(orders().anyOpen(ada))).isFalse();
        assertThat(await(orders().anyOpen(bo))).isFalse();
    }

    @Test
    void anOrderIsNotOverWhileItsMoneyMoves() throws Exception {
        UUID order = placed(ada, null);
        delivered(order);
        done(floor.change(order, new OrderCommand.RefundMoney(null, null, "broken", "key", "f")));
        assertThat(await(orders().anyOpen(ada))).isTrue();

        UUID refund = floor.order(order).operations().getLast().id();
        done(floor.change(order, ShopFloor.said(refund, OperationStatus.SUCCEEDED)));

        assertThat(await(orders().anyOpen(ada))).isFalse();
    }

    @Test
    void oneOrderUnderWayIsFoundAmongMany() throws Exception {
        for (int i = 0; i < 4; i++) {
            declined(placed(ada, null));
        }
        assertThat(await(orders().anyOpen(ada))).isFalse();
        UUID last = placed(ada, null);
        assertThat(await(orders().anyOpen(ada))).isTrue();
        declined(last);
        assertThat(await(orders().anyOpen(ada))).isFalse();
    }

    @Test
    void ofTheBuyerStaysWhatIsKeptAndOfTheRecipientEverything() throws Exception {
        UUID order = placed(ada, bo);
        delivered(order);

        await(orders().keep(ada, PAYMENT));

        assertThat(fields(order))
                .isEqualTo(
                        Map.of(PAYMENT_METHOD, "held", DELIVERY_NAME, "delivery.name", DELIVERY_CITY, "delivery.city"));
    }

    @Test
    void ofTheRecipientStaysWhatIsKeptAndOfTheBuyerEverything() throws Exception {
        UUID order = placed(ada, bo);
        delivered(order);

        await(orders().keep(bo, PAYMENT));

        assertThat(fields(order)).isEqualTo(Map.of(PAYMENT_METHOD, "payment.method", CONTACT_EMAIL, "contact.email"));
    }

    @Test
    void whereThereIsNoRecipientTheAddressIsTheBuyers() throws Exception {
        UUID order = placed(ada, null);
        delivered(order);
        UUID anothers = placed(bo, null);
        delivered(anothers);

        await(orders().keep(ada, NOTHING));

        assertThat(fields(order)).isEmpty();
        assertThat(fields(anothers)).hasSize(4);
    }

    @Test
    void onlyOrdersThatMoneyWasTakenForHaveAnEndThatCounts() throws Exception {
        UUID declined = placed(ada, null);
        declined(declined);
        assertThat(await(orders().ends(ada))).isEmpty();
        UUID paid = placed(ada, bo);
        delivered(paid);

        assertThat(await(orders().ends(ada))).hasSize(1).allSatisfy(ended -> {
            assertThat(ended.closedAt()).isAfterOrEqualTo(floor.order(paid).placedAt());
            assertThat(ended.settledAt()).isAfterOrEqualTo(floor.order(paid).placedAt());
        });
        assertThat(await(orders().ends(bo)))
                .as("who was given it has bought nothing")
                .isEmpty();
        await(orders().keep(ada, PAYMENT));
        assertThat(fields(declined)).isEmpty();
        assertThat(fields(paid)).containsEntry(PAYMENT_METHOD, "held");
    }

    @Test
    void allOfManyOrdersAreDoneAndDoneAgain() throws Exception {
        List<UUID> all = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5; i++) {
            UUID order = placed(ada, null);
            delivered(order);
            all.add(order);
        }
        await(orders().keep(ada, PAYMENT));

        await(orders().keep(ada, PAYMENT));

        for (UUID order : all) {
            assertThat(fields(order)).isEqualTo(Map.of(PAYMENT_METHOD, "held"));
        }
    }

    @Test
    void anOrderUnderWayIsLeftAsItIs() throws Exception {
        UUID order = placed(ada, null);

        assertThatThrownBy(() -> await(orders().keep(ada, NOTHING)))
                .hasRootCauseInstanceOf(IllegalStateException.class);

        assertThat(fields(order)).hasSize(4);
    }

    @Test
    void ofBuyerAndRecipientWhoAreErasedAtOnceNeitherUndoesTheOther() throws Exception {
        UUID order = placed(ada, bo);
        delivered(order);
        Promise<Map<Field<String>, Sealed>> slow = Promise.promise();
        Promise<Void> isAsked = Promise.promise();
        Future<Void> buyer = orders().keep(ada, (id, ended, theirs) -> {
            isAsked.complete();
            return slow.future();
        });
        await(isAsked.future());
        await(orders().keep(bo, NOTHING));

        slow.complete(Map.of(PAYMENT_METHOD, sealed("held")));

        assertThatThrownBy(() -> await(buyer))
                .as("what it read is not there any more")
                .isNotNull();
        assertThat(fields(order)).hasSize(2);
        await(orders().keep(ada, PAYMENT));
        assertThat(fields(order)).isEqualTo(Map.of(PAYMENT_METHOD, "held"));
    }

    /** Two at a time, so that there are pages. */
    private static PersonsOrders orders() {
        return new PersonsOrders(floor.database, 2);
    }

    private static SubjectId somebody() {
        return new SubjectId(UUID.randomUUID());
    }

    private static Sealed sealed(String text) {
        return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An accepted order of one tea, with two fields of the buyer's and two of the recipient's. */
    private UUID placed(SubjectId buyer, @Nullable SubjectId recipient) throws Exception {
        UUID id = OperationIds.newOrder(ids);
        Map<Field<String>, Sealed> fields = new LinkedHashMap<>();
        for (Field<String> field : List.of(DELIVERY_NAME, DELIVERY_CITY, PAYMENT_METHOD, CONTACT_EMAIL)) {
            fields.put(field, sealed(field.name()));
        }
        Checkout view = new Checkout(
                id, "EUR", List.of(new LineWanted("tea", 1)), id.toString(), "f", new Destination("DE", null), fields);
        done(await(
                floor.checkouts.place(new Delivery<>(view, Parties.of(buyer, recipient, id), List.of(), () -> true))));
        return id;
    }

    private static void declined(UUID order) throws Exception {
        done(floor.change(order, ShopFloor.said(floor.authorisation(order).id(), OperationStatus.DECLINED)));
    }

    /** Paid, brought and closed. */
    private static void delivered(UUID order) throws Exception {
        done(floor.change(order, ShopFloor.said(floor.authorisation(order).id(), OperationStatus.SUCCEEDED)));
        carrier(order, ShipmentStatus.ACCEPTED);
        UUID capture = floor.order(order).operations().getLast().id();
        done(floor.change(order, ShopFloor.said(capture, OperationStatus.SUCCEEDED)));
        carrier(order, ShipmentStatus.DELIVERED);
        assertThat(floor.order(order).state()).isEqualTo(OrderState.CLOSED);
    }

    private static void carrier(UUID order, ShipmentStatus status) throws Exception {
        UUID parcel = floor.order(order).shipments().getFirst().id();
        done(floor.change(order, new OrderCommand.RecordShipment(parcel, status, "parcel", "T1", null)));
    }

    private static Map<Field<String>, String> fields(UUID order) throws Exception {
        return SealedFields.read(
                        await(floor.database.query("select sealed from commerce.orders where id = $1", Tuple.of(order)))
                                .iterator()
                                .next()
                                .getBuffer(0))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> new String(one.getValue().bytes(), StandardCharsets.UTF_8)));
    }

    private static void done(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }
}
