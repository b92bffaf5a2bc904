package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.payment.PaymentVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks are durable before they are answered, settled once, and none keeps the others waiting. */
final class InboxIT {

    private static final String TOPIC = Callbacks.PAYMENT.name();
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private ShopFloor floor;
    private CallbackDesk desk;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        desk = new CallbackDesk(
                TOPIC, floor.inbox, floor.orders, ShopFloor.PARTNERS, PaymentVerticle::meaning, floor.meters);
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void aCallbackIsStoredOnceHoweverOftenItComes() throws Exception {
        Inbox.Entry entry = entry(callback("evt_1", UUID.randomUUID(), "pending", null));
        Future<Boolean> first = floor.inbox.store(entry);
        Future<Boolean> again = floor.inbox.store(entry);
        await(Future.all(first, again));
        assertThat(List.of(first.result(), again.result()))
                .as("one of the two is new")
                .containsOnlyOnce(true);
        assertThat(await(floor.inbox.store(entry))).isFalse();
        await(floor.inbox.store(entry(callback("evt_2", UUID.randomUUID(), "pending", null))));

        assertThat(floor.number("select count(*) from commerce.inbox")).isEqualTo(2);
    }

    @Test
    void whatHasMovedNothingIsLookedAtOnceMoreWhenItIsSentAgainAndWhatHasIsNot() throws Exception {
        Inbox.Entry refused = entry(callback("evt_1", UUID.randomUUID(), "succeeded", 250L));
        Inbox.Entry done = entry(callback("evt_2", UUID.randomUUID(), "succeeded", 250L));
        await(floor.inbox.store(refused));
        await(floor.inbox.store(done));
        await(floor.inbox.park(refused.key(), CallbackRefusal.ANOTHER_PARTNERS.code()));
        await(floor.inbox.park(done.key(), "done"));

        assertThat(await(floor.inbox.store(refused))).isTrue();
        assertThat(await(floor.inbox.store(done))).isFalse();
        due();
        assertThat(leftovers()).as("should its node die now").containsExactly(refused);
    }

    @Test
    void aPaymentPartnerAndACarrierOfTheSameNameHaveEventsOfTheirOwn() throws Exception {
        Callback callback = callback("evt_1", UUID.randomUUID(), "pending", null);
        Inbox.Entry payment = entry(callback);
        Inbox.Entry parcel = new Inbox.Entry(Callbacks.SHIPMENT.name(), callback);
        await(Future.all(floor.inbox.store(payment), floor.inbox.store(parcel)));
        await(floor.inbox.park(payment.key(), "done"));
        due();

        assertThat(leftovers()).as("the other one is settled").containsExactly(parcel);
    }

    @Test
    void whatIsLeftOverIsClaimedByOneUntilTheClaimEnds() throws Exception {
        Callback callback = callback("evt_1", UUID.randomUUID(), "succeeded", 250L);
        await(floor.inbox.store(entry(callback)));
        assertThat(leftovers()).as("whoever stored it has the first claim").isEmpty();

        due();
        assertThat(leftovers()).containsExactly(entry(callback));
        assertThat(leftovers()).as("claimed").isEmpty();

        due();
        assertThat(leftovers()).hasSize(1);
        await(floor.inbox.park(entry(callback).key(), "done"));
        due();
        assertThat(leftovers()).as("settled").isEmpty();
    }

    @Test
    void whatCannotBeReadOrWasTriedTooOftenIsHopelessAndTheOthersAreNot() throws Exception {
        for (String event : List.of("damaged", "tired", "whole")) {
            await(floor.inbox.store(entry(callback(event, UUID.randomUUID(), "pending", null))));
        }
        floor.run("update commerce.inbox set body = '{\"operation_id\": \"none\"}' where event_id = 'damaged'");
        floor.run("update commerce.inbox set attempts = $1 where event_id = 'tired'", Inbox.MAX_ATTEMPTS);
        due();

        Inbox.Leftovers left = await(floor.inbox.leftovers(10, CLAIM));

        assertThat(left.entries())
                .extracting(entry -> entry.callback().eventId())
                .containsExactly("whole");
        assertThat(left.hopeless())
                .extracting(OrderChange.CallbackKey::eventId)
                .containsExactlyInAnyOrder("damaged", "tired");
    }

    @Test
    void aGenuineWordChangesItsOrderAndARepeatedOneNothing() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();

        await(desk.take(callback("evt_1", operation, "succeeded", 250L)));
        awaitVerdict("evt_1", "done");
        Order after = floor.order(order);
        assertThat(after.state()).isEqualTo(OrderState.CONFIRMED);

        await(desk.take(callback("evt_1", operation, "succeeded", 250L)));
        await(desk.take(callback("evt_2", operation, "succeeded", 250L)));
        awaitVerdict("evt_2", "done");
        assertThat(floor.order(order)).isEqualTo(after);
    }

    @Test
    void aWordAboutNothingOfOursIsRefusedAndSettled() throws Exception {
        await(desk.take(callback("evt_1", OperationIds.operation(new UUID(0x7000L, 0x100L), 1), "succeeded", 250L)));
        awaitVerdict("evt_1", OrderRefusal.NOT_FOUND.code());
    }

    @Test
    void aWordThatNobodyKnowsOrThatDoesNotSayHowMuchIsParkedAndChangesNothing() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();
        Order before = floor.order(order);

        await(desk.take(callback("evt_1", operation, "splendid", 250L)));
        await(desk.take(callback("evt_2", operation, "succeeded", null)));
        await(desk.take(callback("evt_3", null, "succeeded", 250L)));

        for (String event : List.of("evt_1", "evt_2", "evt_3")) {
            awaitVerdict(event, "unknown");
        }
        assertThat(floor.order(order)).isEqualTo(before);
        assertThat(floor.counted("sluice.callbacks.parked")).isEqualTo(3);
    }

    @Test
    void anotherAmountThanWasAskedHoldsTheOrder() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();

        await(desk.take(callback("evt_1", operation, "succeeded", 251L)));
        awaitVerdict("evt_1", "done");

        assertThat(floor.authorisation(order).status()).isEqualTo(OperationStatus.CONFLICTED);
        assertThat(floor.order(order).hold()).isEqualTo(HoldReason.CONFLICT);
    }

    private List<Inbox.Entry> leftovers() throws Exception {
        Inbox.Leftovers left = await(floor.inbox.leftovers(10, CLAIM));
        assertThat(left.hopeless()).isEmpty();
        return left.entries();
    }

    private void due() throws Exception {
        floor.run("update commerce.inbox set due_at = now()");
    }

    private void awaitVerdict(String event, String verdict) throws Exception {
        String sql = "select count(*) from commerce.inbox where event_id = $1 and verdict = $2"
                + " and processed_at is not null";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (floor.number(sql, event, verdict) != 1 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(floor.number(sql, event, verdict))
                .as("%s is settled: %s", event, verdict)
                .isEqualTo(1);
    }

    private static Inbox.Entry entry(Callback callback) {
        return new Inbox.Entry(TOPIC, callback);
    }

    private static Callback callback(String event, @Nullable UUID operation, String status, @Nullable Long amount) {
        return new Callback(
                "provider",
                event,
                "authorization.updated",
                operation,
                "ref",
                status,
                amount,
                amount == null ? null : "EUR",
                null,
                null);
    }
}
