package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.api.DisputeName;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.payment.PaymentVerticle;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.commerce.shipping.ShippingVerticle;
import io.sluice.guard.Outcome;
import io.sluice.storage.GroupCommit;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner moves what goes by itself, or by whom it speaks for, and finds it by its own names where it knows none of ours. */
final class PartnersIT {

    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(1, 10, 100);
    private static final String ANOTHERS = CallbackRefusal.ANOTHER_PARTNERS.code();
    private static final String PARCELS = Callbacks.SHIPMENT.name();

    private ShopFloor floor;
    private CallbackDesk payments;
    private CallbackDesk parcels;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        payments = payments(floor.orders, ShopFloor.PARTNERS);
        parcels = new CallbackDesk(
                PARCELS, floor.inbox, floor.orders, ShopFloor.PARTNERS, ShippingVerticle::meaning, floor.meters);
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void aDisputeIsFoundByThePartnersNameOfThePayment() throws Exception {
        UUID order = captured("pi_1");

        await(payments.take(dispute("provider", "evt_1", "pi_1", "opened", "EUR")));
        awaitVerdict("evt_1", "done");
        Operation chargeback = chargeback(order);
        assertThat(chargeback.reference()).isEqualTo("dp_1");
        assertThat(chargeback.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(chargeback.amount()).isEqualTo(new Money(250, "EUR"));
        assertThat(OrderStatuses.payment(floor.order(order))).isEqualTo("charged_back");

        await(payments.take(dispute("provider", "evt_2", "pi_1", "won", "EUR")));
        awaitVerdict("evt_2", "done");
        assertThat(chargeback(order).status()).isEqualTo(OperationStatus.REVERSED);
    }

    @Test
    void aDisputeThatIsLostAtOnceIsChargedBackAndALaterWordOfItsOpeningChangesNothing() throws Exception {
        UUID order = captured("pi_1");
        await(payments.take(dispute("provider", "evt_1", "pi_1", "lost", "EUR")));
        awaitVerdict("evt_1", "done");
        Order after = floor.order(order);
        assertThat(OrderStatuses.payment(after)).isEqualTo("charged_back");

        await(payments.take(dispute("provider", "evt_2", "pi_1", "opened", "EUR")));
        awaitVerdict("evt_2", "done");
        assertThat(floor.order(order)).isEqualTo(after);
    }

    @Test
    void aDisputeThatIsOnlyAnnouncedMovesNothing() throws Exception {
        UUID order = captured("pi_1");
        Order before = floor.order(order);

        await(payments.take(dispute("provider", "evt_1", "pi_1", "announced", "EUR")));
        awaitVerdict("evt_1", "unknown");
        assertThat(floor.order(order)).isEqualTo(before);
    }

    @Test
    void aDisputeInAnotherCurrencyIsRefusedAndCounted() throws Exception {
        UUID order = captured("pi_1");
        Order before = floor.order(order);

        await(payments.take(dispute("provider", "evt_1", "pi_1", "opened", "USD")));
        awaitVerdict("evt_1", OrderRefusal.CURRENCY_MISMATCH.code());
        assertThat(floor.order(order)).isEqualTo(before);
        assertThat(floor.counted("sluice.callbacks.refused")).isEqualTo(1);
    }

    @Test
    void aCallbackThatOvertakesOurOwnWritingWaitsAndMovesTheOrderThen() throws Exception {
        waits(payments, dispute("provider", "evt_1", "pi_1", "opened", "EUR"));
        UUID order = captured("pi_1");
        assertThat(chargebacks(order)).isZero();

        sweep(payments);
        awaitVerdict("evt_1", "done");
        assertThat(chargebacks(order)).isEqualTo(1);
    }

    @Test
    void aCallbackAboutNothingThatWeEverHearOfWaitsForADayAndIsParked() throws Exception {
        waits(payments, dispute("provider", "evt_1", "pi_of_another_shop", "opened", "EUR"));
        String due = "select count(*) from commerce.inbox where due_at > now() + interval '59 minutes'";
        assertThat(floor.number(due)).as("asked soon at first").isZero();
        floor.run("update commerce.inbox set attempts = $1, received_at = now() - interval '20 hours'", 9);
        sweep(payments);
        awaitDeferred("evt_1");
        assertThat(floor.number(due)).as("and seldom later").isEqualTo(1);

        floor.run("update commerce.inbox set received_at = now() - interval '1 day'");
        sweep(payments);
        awaitVerdict("evt_1", "unknown");
        assertThat(floor.counted("sluice.callbacks.parked")).isEqualTo(1);
    }

    @Test
    void aParcelIsFoundByItsTrackingNumberAndKeepsItsCarriersReference() throws Exception {
        UUID order = sent("T1");

        await(parcels.take(tracked("tracker", "evt_1", "T1")));
        awaitVerdict("evt_1", "done");
        assertThat(parcelOf(order).status()).isEqualTo(ShipmentStatus.DELIVERED);
        assertThat(parcelOf(order).reference()).isEqualTo("parcel");
    }

    @Test
    void whatATrackerHasSaidBeforeMovesNothingBackWhenItIsSaidOnceMore() throws Exception {
        UUID order = sent("T1");
        Callback stopped = carriers("carrier", "evt_1", parcelOf(order).id(), "exception");
        await(parcels.take(stopped));
        awaitVerdict("evt_1", "done");
        await(parcels.take(carriers("carrier", "evt_2", parcelOf(order).id(), "in_transit")));
        awaitVerdict("evt_2", "done");

        await(parcels.take(stopped));
        await(parcels.take(carriers("carrier", "evt_3", parcelOf(order).id(), "in_transit")));
        awaitVerdict("evt_3", "done");
        assertThat(parcelOf(order).status()).isEqualTo(ShipmentStatus.IN_TRANSIT);

        await(parcels.take(carriers("carrier", "evt_4", parcelOf(order).id(), "exception")));
        awaitVerdict("evt_4", "done");
        assertThat(parcelOf(order).status()).as("said anew").isEqualTo(ShipmentStatus.EXCEPTION);
    }

    @Test
    void aTrackingNumberThatIsUsedAgainMeansTheLastParcel() throws Exception {
        UUID old = sent("T1");
        UUID recent = sent("T1");
        // the old one says its number once more, and is not the last one for that
        await(parcels.take(carriers("carrier", "evt_1", parcelOf(old).id(), "in_transit")));
        awaitVerdict("evt_1", "done");

        await(parcels.take(tracked("tracker", "evt_2", "T1")));
        awaitVerdict("evt_2", "done");
        assertThat(parcelOf(recent).status()).isEqualTo(ShipmentStatus.DELIVERED);
        assertThat(parcelOf(old).status()).isEqualTo(ShipmentStatus.IN_TRANSIT);
    }

    @Test
    void aTrackerThatSpeaksForAnotherCarrierDoesNotFindTheParcel() throws Exception {
        UUID order = sent("T1");
        Order before = floor.order(order);

        waits(parcels, tracked("tracker-elsewhere", "evt_1", "T1"));
        assertThat(floor.order(order)).isEqualTo(before);
    }

    @Test
    void norDoesItMoveTheParcelByOurId() throws Exception {
        UUID order = sent("T1");
        Order before = floor.order(order);

        await(parcels.take(
                carriers("tracker-elsewhere", "evt_1", parcelOf(order).id(), "delivered")));
        awaitVerdict("evt_1", ANOTHERS);
        assertThat(floor.order(order)).isEqualTo(before);
        assertThat(floor.counted("sluice.callbacks.refused")).isEqualTo(1);
    }

    @Test
    void aNumberThatTwoCarriersUseMeansNeitherToWhoSpeaksForBoth() throws Exception {
        UUID parcel = parcelOf(sent("T1")).id();
        Set<String> both = Set.of("carrier", "another");
        assertThat(await(floor.inbox.find(PARCELS, both, "T1"))).contains(parcel);

        floor.run("insert into commerce.partner_reference values ($1, 'another', 'T1', $2)", PARCELS, new UUID(1, 1));
        assertThat(await(floor.inbox.find(PARCELS, both, "T1"))).isEmpty();
        assertThat(await(floor.inbox.find(PARCELS, Set.of("carrier"), "T1"))).contains(parcel);
    }

    @Test
    void aGenuineWordOfAnotherProviderMovesNothingAndTheOrdersOwnDoes() throws Exception {
        UUID order = floor.placed();
        Order before = floor.order(order);

        await(payments.take(authorised("another", "evt_1", order)));
        awaitVerdict("evt_1", ANOTHERS);
        assertThat(floor.order(order)).isEqualTo(before);
        assertThat(floor.counted("sluice.callbacks.refused")).isEqualTo(1);

        await(payments.take(authorised("provider", "evt_2", order)));
        awaitVerdict("evt_2", "done");
        assertThat(floor.order(order).state()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void anOrderStaysWithItsProviderWhenNewOnesGoByAnother() throws Exception {
        UUID order = captured("pi_1");
        Order before = floor.order(order);
        Partners later = new Partners(
                new Partners.Side("another", Map.of(), Set.of("provider", "another")), ShopFloor.PARTNERS.carriers());
        OrderStore node = floor.orders(LIMITS, later);
        CallbackDesk desk = payments(node, later);

        waits(desk, dispute("another", "evt_1", "pi_1", "opened", "EUR"));
        await(desk.take(authorised("another", "evt_2", order)));
        awaitVerdict("evt_2", ANOTHERS);
        assertThat(floor.order(order)).isEqualTo(before);

        await(desk.take(dispute("provider", "evt_3", "pi_1", "opened", "EUR")));
        awaitVerdict("evt_3", "done");
        assertThat(chargebacks(order)).isEqualTo(1);
        await(node.close());
    }

    @Test
    void whoseThingsAreToldOfByOurIdsPaysNoRow() throws Exception {
        Partners unnamed = new Partners(
                new Partners.Side("provider", Map.of(), Set.of()), new Partners.Side("carrier", Map.of(), Set.of()));
        OrderStore node = floor.orders(LIMITS, unnamed);
        UUID order = floor.placed();
        await(node.change(
                OrderChange.byStaff(order, said(floor.authorisation(order).id(), "pi_1"))));
        await(node.change(OrderChange.byStaff(order, accepted(order, "T1"))));
        await(node.close());
        assertThat(floor.order(order).shipments().getFirst().trackingNumber()).isEqualTo("T1");
        assertThat(floor.number("select count(*) from commerce.partner_reference"))
                .isZero();

        captured("pi_2");
        assertThat(floor.number("select count(*) from commerce.partner_reference"))
                .as("the payment, and no capture of it")
                .isEqualTo(1);
    }

    @Test
    void ordersOfBeforeAreStripesIfTheirPaymentIsAndAreFoundByIt() throws Exception {
        UUID stripes = captured("pi_1");
        UUID others = captured("au_1");
        floor.run("update commerce.orders set provider = 'sandbox'");
        floor.run("delete from commerce.partner_reference");

        for (String statement : migration()) {
            floor.run(statement);
        }

        String byProvider = "select count(*) from commerce.orders where id = $1 and provider = $2";
        assertThat(floor.number(byProvider, stripes, "stripe")).isEqualTo(1);
        assertThat(floor.number(byProvider, others, "sandbox")).isEqualTo(1);
        assertThat(await(floor.inbox.find(Callbacks.PAYMENT.name(), Set.of("stripe"), "pi_1")))
                .contains(floor.authorisation(stripes).id());
        assertThat(floor.number("select count(*) from commerce.partner_reference"))
                .isEqualTo(1);
    }

    /** What the migration does with orders that are there. */
    private List<String> migration() throws Exception {
        try (InputStream script =
                Objects.requireNonNull(getClass().getResourceAsStream("/db/commerce/V11__partners.sql"))) {
            return Stream.of(new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1))
                    .map(statement -> statement.replaceAll("(?m)^--.*\n", "").strip())
                    .filter(statement -> statement.startsWith("update") || statement.startsWith("insert"))
                    .toList();
        }
    }

    private CallbackDesk payments(OrderStore orders, Partners partners) {
        return new CallbackDesk(
                Callbacks.PAYMENT.name(), floor.inbox, orders, partners, PaymentVerticle::meaning, floor.meters);
    }

    /** An order that is paid, the payment by that name. */
    private UUID captured(String payment) throws Exception {
        UUID order = floor.placed();
        done(order, said(floor.authorisation(order).id(), payment));
        done(order, accepted(order, null));
        Operation capture = floor.order(order).operations().getLast();
        assertThat(capture.kind()).isEqualTo(OperationKind.CAPTURE);
        done(order, said(capture.id(), payment + "-1"));
        return order;
    }

    /** An order whose parcel is on its way under that number. */
    private UUID sent(String trackingNumber) throws Exception {
        UUID order = floor.placed();
        done(order, said(floor.authorisation(order).id(), "pi of " + order));
        done(order, accepted(order, trackingNumber));
        return order;
    }

    private static OrderCommand said(UUID operation, String reference) {
        return new OrderCommand.RecordOperation(
                operation, OperationStatus.SUCCEEDED, new Money(250, "EUR"), reference, null, null);
    }

    private OrderCommand accepted(UUID order, @Nullable String trackingNumber) throws Exception {
        return new OrderCommand.RecordShipment(
                parcelOf(order).id(), ShipmentStatus.ACCEPTED, "parcel", trackingNumber, null);
    }

    private void done(UUID order, OrderCommand command) throws Exception {
        assertThat(floor.change(order, command)).isInstanceOf(Outcome.Done.class);
    }

    private Shipment parcelOf(UUID order) throws Exception {
        return floor.order(order).shipments().getFirst();
    }

    private long chargebacks(UUID order) throws Exception {
        return floor.order(order).all(OperationKind.CHARGEBACK).count();
    }

    private Operation chargeback(UUID order) throws Exception {
        return floor.order(order).all(OperationKind.CHARGEBACK).findFirst().orElseThrow();
    }

    private Callback authorised(String partner, String event, UUID order) throws Exception {
        UUID authorisation = floor.authorisation(order).id();
        return new Callback(
                partner, event, "authorisation", authorisation, "ref", "succeeded", 250L, "EUR", null, null);
    }

    private static Callback dispute(String partner, String event, String payment, String word, String currency) {
        return new Callback(
                partner,
                event,
                "chargeback." + word,
                null,
                new DisputeName(payment, "dp_1").reference(),
                word,
                250L,
                currency,
                null,
                "fraudulent");
    }

    private static Callback tracked(String partner, String event, String number) {
        return new Callback(partner, event, "shipment.delivered", null, "trk_1", "delivered", null, null, number, null);
    }

    private static Callback carriers(String partner, String event, UUID parcel, String word) {
        return new Callback(partner, event, "shipment." + word, parcel, "parcel", word, null, null, "T1", null);
    }

    /** What a sweep does with what is due now. */
    private void sweep(CallbackDesk desk) throws Exception {
        floor.run("update commerce.inbox set due_at = now() where processed_at is null");
        Inbox.Leftovers left = await(floor.inbox.leftovers(10, Duration.ofMinutes(10)));
        assertThat(left.hopeless()).isEmpty();
        left.entries().forEach(desk::settle);
    }

    /** Has a callback stored and looked at; it waits. */
    private void waits(CallbackDesk desk, Callback callback) throws Exception {
        await(floor.inbox.store(new Inbox.Entry(desk.topic(), callback)));
        sweep(desk);
        awaitDeferred(callback.eventId());
    }

    /** What a sweep has claimed counts an attempt; what was put off by it counts none. */
    private void awaitDeferred(String event) throws Exception {
        awaitOne(
                "select count(*) from commerce.inbox where event_id = $1 and processed_at is null and attempts = 0",
                event);
        assertThat(floor.counted("sluice.callbacks.deferred")).isPositive();
    }

    private void awaitVerdict(String event, String verdict) throws Exception {
        awaitOne(
                "select count(*) from commerce.inbox where event_id = $1 and verdict = $2 and processed_at is not null",
                event,
                verdict);
    }

    private void awaitOne(String sql, Object... arguments) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (floor.number(sql, arguments) != 1 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(floor.number(sql, arguments))
                .as("%s of %s", sql, List.of(arguments))
                .isEqualTo(1);
    }
}
