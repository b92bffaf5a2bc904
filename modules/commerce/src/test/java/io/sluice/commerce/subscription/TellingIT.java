package io.sluice.commerce.subscription;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.Commerce;
import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.commerce.api.MerchantCalls.Notice;
import io.sluice.commerce.api.Subscription;
import io.sluice.commerce.api.Subscriptions;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Use;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscribers are told what has happened: all of it, in order, until it has arrived, or for a day. */
final class TellingIT {

    private static final SubscriptionSettings SETTINGS = new SubscriptionSettings(
            Duration.ofMillis(20), Duration.ofMinutes(10), Duration.ofSeconds(5), 4, 3, Duration.ofHours(1));
    private static final Function<Notice, Future<Outcome<Parcel>>> TAKES = notice -> said("delivered", null);

    private final BlockingQueue<Notice> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    private volatile Function<Notice, Future<Outcome<Parcel>>> receiver = TAKES;
    private ShopFloor floor;
    private LawfulBus bus;
    private SubscriptionStore subscriptions;
    private TellingStore tellings;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        bus = LawfulBus.on(floor.vertx, ShopFloor.CATALOGUE, Commerce.ADDRESSES);
        subscriptions = new SubscriptionStore(floor.database, SETTINGS, clock::get);
        tellings = new TellingStore(floor.database, clock::get);
        await(bus.bus().serve(MerchantCalls.NOTIFY, delivery -> {
            heard.add(delivery.view());
            return receiver.apply(delivery.view());
        }));
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void allThatHappensToAnOrderIsToldInItsOrderAndOnce() throws Exception {
        subscribe();
        deploy();
        UUID order = floor.placed();
        changed(order, new OrderCommand.Cancel());
        long last = lastOf(order);

        List<Notice> told = hear(last);

        assertThat(told).extracting(notice -> notice.event().sequence()).isEqualTo(upTo(last));
        assertThat(told).allSatisfy(notice -> {
            assertThat(notice.orderId()).isEqualTo(order);
            assertThat(notice.total()).isEqualTo(250);
            assertThat(notice.currency()).isEqualTo("EUR");
        });
        assertThat(told.getFirst().event().kind()).isEqualTo("OrderPlaced");
        allTold();
        assertThat(heard).isEmpty();
    }

    @Test
    void eachNoticeIsADisclosureAboutTheBuyer() throws Exception {
        subscribe();
        deploy();
        UUID order = floor.placed();
        hear(lastOf(order));

        assertThat(bus.leaves()).isNotEmpty().allSatisfy(leaf -> {
            assertThat(leaf.isDisclosure()).isTrue();
            assertThat(leaf.buyer()).isEqualTo(ShopFloor.BUYER);
            assertThat(leaf.record()).isEqualTo(order);
            assertThat(leaf.decision()).isEqualTo(Use.PERMIT);
        });
    }

    @Test
    void withoutASubscriptionNothingIsReadOrWrittenAndWhatWasBeforeItIsNotTold() throws Exception {
        UUID before = floor.placed();
        Feed feed = new Feed(floor.database, clock::get);
        assertThat(await(feed.advance(100))).isFalse();
        assertThat(floor.number("select count(*) from commerce.telling")).isZero();

        subscribe();
        deploy();
        UUID after = floor.placed();

        assertThat(hear(lastOf(after)))
                .extracting(Notice::orderId)
                .containsOnly(after)
                .doesNotContain(before);
    }

    @Test
    void onlyTheEventsThatAreWantedAreTold() throws Exception {
        subscribe("OrderCancelled");
        deploy();
        UUID order = floor.placed();
        changed(order, new OrderCommand.Cancel());
        settlePayment(order);

        assertThat(hear(1).getFirst().event().kind()).isEqualTo("OrderCancelled");
        allTold();
        assertThat(heard).isEmpty();
    }

    @Test
    void nothingIsToldBeforeItIsCommittedAndNothingIsMissedThatCommitsLate() throws Exception {
        subscribe();
        Feed feed = new Feed(floor.database, clock::get);
        DatabaseSettings settings = floor.database.settings();
        try (Connection slow = DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into commerce.order_event (order_id, sequence, kind, state, at)"
                    + " values ('00000000-0000-0000-0000-0000000000aa', 1, 'OrderPlaced', 'PLACED', now())");
            floor.placed();

            assertThat(await(feed.advance(100))).isFalse();
            assertThat(floor.number("select count(*) from commerce.telling"))
                    .as("an older transaction is under way")
                    .isZero();
            slow.commit();
        }
        awaitFed(feed, 2);
    }

    /** A server that other tests share may have an older transaction under way for a moment. */
    private void awaitFed(Feed feed, long orders) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        do {
            assertThat(await(feed.advance(100))).isFalse();
        } while (look("select count(*) from commerce.telling") < orders && System.nanoTime() < deadline);
        assertThat(floor.number("select count(*) from commerce.telling")).isEqualTo(orders);
    }

    @Test
    void aDatabaseThatCountsTransactionsAnewTellsWhatIsNewAndNothingElse() throws Exception {
        subscribe();
        UUID before = floor.placed();
        floor.run("update commerce.subscription_feed set position = '9000000000'");
        floor.run("update commerce.subscription set since = '8000000000'");
        floor.run("update commerce.order_event set written_by = '8500000000'");
        deploy();

        UUID after = floor.placed();

        assertThat(hear(lastOf(after))).extracting(Notice::orderId).containsOnly(after);
        allTold();
        assertThat(heard).as("of " + before).isEmpty();
    }

    @Test
    void aBacklogIsFedPageByPageWithoutLoss() throws Exception {
        subscribe();
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            orders.add(floor.placed());
        }
        Feed feed = new Feed(floor.database, clock::get);
        int pages = 0;
        while (look("select count(*) from commerce.telling") < orders.size()) {
            pages += await(feed.advance(3)) ? 1 : 0;
        }

        assertThat(pages).isGreaterThan(1);
        for (UUID order : orders) {
            assertThat(floor.number("select upto from commerce.telling where told = 0 and order_id = $1", order))
                    .isEqualTo(lastOf(order));
        }
    }

    @Test
    void anOrderThatIsNotTakenHoldsBackItsOwnLaterEventsAndNoOthers() throws Exception {
        subscribe();
        UUID stuck = floor.placed();
        UUID free = floor.placed();
        receiver = notice -> notice.orderId().equals(stuck) ? said("failed", "status-500") : said("delivered", null);
        deploy();

        hear(1 + lastOf(free));
        awaitNumber("select count(*) from commerce.telling where reason = 'status-500' and tries = 1", 1);

        assertThat(heard).as("the stuck one's second event waits").isEmpty();
        awaitNumber("select count(*) from commerce.telling where order_id = '" + free + "'", 0);
        assertThat(await(subscriptions.list(null, 10)).getFirst().troubles())
                .containsExactly(new Subscription.Trouble("status-500", 1));
    }

    @Test
    void aReceiverThatHangsKeepsNoOtherOneWaiting() throws Exception {
        UUID hanging = subscribe().id();
        int orders = 12;
        for (int i = 0; i < orders; i++) {
            floor.placed();
        }
        awaitFed(new Feed(floor.database, clock::get), orders);
        clock.updateAndGet(now -> now.plusSeconds(1));
        UUID well = done(await(subscriptions.open(wanted("s2", "f")))).id();
        Promise<Outcome<Parcel>> never = Promise.promise();
        receiver = notice -> notice.to().id().equals(hanging) ? never.future() : said("delivered", null);
        deploy();
        UUID order = floor.placed();

        long due = lastOf(order);
        List<Notice> told = new ArrayList<>();
        while (told.stream().filter(notice -> notice.to().id().equals(well)).count() < due) {
            told.addAll(hear(1));
        }

        assertThat(told.size() - due)
                .as("the other one's, though all of them were due before")
                .isLessThan(orders);
        assertThat(look("select count(*) from commerce.telling t where lease_until > now() and exists ("
                        + "select from commerce.subscription s where s.id = t.subscription and s.scope = 's1')"))
                .isLessThanOrEqualTo(SETTINGS.share());
    }

    @Test
    void whatDoesNotArriveIsTriedEightTimesWithinADayAndThenParked() throws Exception {
        UUID id = subscribe().id();
        receiver = notice -> said("failed", "timeout");
        deploy();
        UUID order = floor.placed();
        List<UUID> tried = new ArrayList<>();
        for (int i = 1; i < RetrySchedule.TRIES; i++) {
            tried.add(hear(1).getFirst().orderId());
            awaitNumber("select tries from commerce.telling where lease_until is null", i);
            assertThat(heard).as("not before its time").isEmpty();
            clock.updateAndGet(now -> now.plus(Duration.ofHours(14)));
        }
        receiver = notice -> notice.event().sequence() == 1 ? said("failed", "timeout") : said("delivered", null);
        List<Notice> rest = hear(lastOf(order));

        assertThat(tried).hasSize(7).containsOnly(order);
        assertThat(rest).extracting(notice -> notice.event().sequence()).isEqualTo(upTo(lastOf(order)));
        allTold();
        assertThat(floor.number("select count(*) from commerce.untold where sequence = 1 and reason = 'timeout'"))
                .isEqualTo(1);
        assertThat(done(await(subscriptions.find(id))).parked()).isEqualTo(1);
        assertThat(floor.counted("sluice.notices")).isPositive();

        receiver = TAKES;
        done(await(subscriptions.replay(new Subscriptions.Replay(id, null, null))));
        assertThat(hear(1).getFirst().event().sequence()).isEqualTo(1);
        allTold();
        assertThat(floor.number("select count(*) from commerce.untold")).isZero();
    }

    @Test
    void aReceiverThatIsGoneIsLeftAloneUntilItIsEnabledAndThenMissesNothing() throws Exception {
        UUID id = subscribe().id();
        receiver = notice -> said("gone", "status-410");
        deploy();
        UUID first = floor.placed();
        hear(1);
        awaitNumber("select count(*) from commerce.subscription where not is_active", 1);
        UUID second = floor.placed();
        awaitNumber("select count(*) from commerce.telling", 2);
        clock.updateAndGet(now -> now.plus(Duration.ofDays(2)));
        assertThat(heard.poll(300, TimeUnit.MILLISECONDS))
                .as("nothing is tried")
                .isNull();

        receiver = TAKES;
        assertThat(done(await(subscriptions.enable(id))).isActive()).isTrue();

        assertThat(hear(lastOf(first) + lastOf(second)))
                .extracting(Notice::orderId)
                .contains(first, second);
        allTold();
    }

    @Test
    void whatIsNotedWhileSomebodyEnablesTheSubscriptionIsTold() throws Exception {
        subscribe();
        floor.run("update commerce.subscription set is_active = false");
        UUID order = floor.placed();
        awaitFed(new Feed(floor.database, clock::get), 1);
        // as if this had not seen what the feed was about to write
        floor.run("update commerce.subscription set is_active = true");
        deploy();

        hear(lastOf(order));
        allTold();
    }

    @Test
    void aReceiverMaySayOfSeveralOrdersAtOnceThatItIsGone() throws Exception {
        UUID id = subscribe().id();
        int orders = 8;
        for (int i = 0; i < orders; i++) {
            floor.placed();
        }
        awaitFed(new Feed(floor.database, clock::get), orders);
        List<Telling> held = leased(orders).tellings();
        assertThat(held).hasSize(orders);

        List<Future<Void>> said = new ArrayList<>();
        held.forEach(telling -> said.add(tellings.gone(telling, "status-410")));
        for (Future<Void> each : said) {
            await(each);
        }

        assertThat(done(await(subscriptions.find(id))).isActive()).isFalse();
        assertThat(floor.number("select count(*) from commerce.telling where reason = 'status-410'"
                        + " and lease_until is null and due_at < 'infinity'"))
                .isEqualTo(orders);
        assertThat(leased(orders).size()).isZero();
        done(await(subscriptions.enable(id)));
        assertThat(leased(orders).size()).isEqualTo(orders);
    }

    @Test
    void whatIsRefusedIsHeldWithItsReasonAndIsNoTry() throws Exception {
        UUID id = subscribe().id();
        receiver = notice -> refused(PrivacyRefusal.AGREEMENT_NOT_VALID);
        deploy();
        UUID order = floor.placed();
        hear(1);
        awaitNumber("select count(*) from commerce.telling where holds = 1 and tries = 0 and lease_until is null", 1);
        assertThat(done(await(subscriptions.find(id))).troubles())
                .containsExactly(new Subscription.Trouble("privacy.agreement-not-valid", 1));

        receiver = TAKES;
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(12)));
        hear(lastOf(order));
        allTold();
    }

    @Test
    void whatCanNeverBeToldIsParkedAtOnceAndWhatIsRefusedInPassingIsAskedAgain() throws Exception {
        subscribe();
        receiver = notice -> refused(PrivacyRefusal.SNAPSHOT_STALE);
        deploy();
        UUID order = floor.placed();
        hear(1);
        awaitNumber("select count(*) from commerce.telling where holds = 0 and tries = 0 and lease_until is null", 1);

        receiver = notice -> refused(PrivacyRefusal.SUBJECT_ERASED);
        clock.updateAndGet(now -> now.plusSeconds(2));
        hear(lastOf(order));
        allTold();
        assertThat(floor.number("select count(*) from commerce.untold where reason = 'privacy.subject-erased'"))
                .isEqualTo(lastOf(order));
    }

    @Test
    void whoHoldsANoticeNoMoreSettlesNothing() throws Exception {
        subscribe();
        floor.placed();
        awaitFed(new Feed(floor.database, clock::get), 1);
        Telling lost = leased(10).tellings().getFirst();
        assertThat(leased(10).size()).as("it is held").isZero();
        floor.run("update commerce.telling set lease_until = now() - interval '1 second'");
        Telling taken = leased(10).tellings().getFirst();

        await(tellings.told(lost));
        await(tellings.tried(lost, "late", Duration.ZERO));
        await(tellings.parked(lost, "late"));
        await(tellings.gone(lost, "late"));
        assertThat(floor.number("select told from commerce.telling where reason is null and tries = 0"))
                .isZero();
        assertThat(floor.number("select count(*) from commerce.untold")).isZero();
        assertThat(floor.number("select count(*) from commerce.subscription where is_active"))
                .isEqualTo(1);

        await(tellings.told(taken));
        assertThat(floor.number("select told from commerce.telling")).isEqualTo(1);
    }

    @Test
    void whatIsAskedForAgainWhileItIsUnderWayIsToldAgain() throws Exception {
        UUID id = subscribe().id();
        deploy();
        UUID order = floor.placed();
        hear(lastOf(order));
        allTold();
        Promise<Outcome<Parcel>> slow = Promise.promise();
        receiver = notice -> slow.future();
        done(await(subscriptions.replay(new Subscriptions.Replay(id, order, "1"))));
        assertThat(hear(1).getFirst().event().sequence()).isEqualTo(2);

        done(await(subscriptions.replay(new Subscriptions.Replay(id, order, null))));
        receiver = TAKES;
        slow.complete(Outcome.done(Parcel.plain().with(CommerceFields.STATUS, "delivered")));

        assertThat(hear(lastOf(order)))
                .extracting(notice -> notice.event().sequence())
                .isEqualTo(upTo(lastOf(order)));
        allTold();
    }

    @Test
    void anOrderThatIsNotThereIsNotReplayed() throws Exception {
        UUID id = subscribe().id();

        assertThat(await(subscriptions.replay(new Subscriptions.Replay(id, new UUID(7, 7), null))))
                .isEqualTo(Outcome.refused(OrderRefusal.NOT_FOUND));
        assertThat(await(subscriptions.replay(new Subscriptions.Replay(new UUID(7, 7), null, null))))
                .isEqualTo(Outcome.refused(SubscriptionRefusal.NOT_FOUND));
    }

    @Test
    void aStopWaitsForWhatIsUnderWayAndItIsNotToldTwice() throws Exception {
        subscribe();
        Promise<Outcome<Parcel>> slow = Promise.promise();
        receiver = notice -> slow.future();
        String deployment = deploy();
        floor.placed();
        hear(1);

        Future<Void> stopped = floor.vertx.undeploy(deployment);
        assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).as("something new").isNull();
        assertThat(stopped.isComplete()).isFalse();
        slow.complete(Outcome.done(Parcel.plain().with(CommerceFields.STATUS, "delivered")));
        await(stopped);

        assertThat(floor.number("select told from commerce.telling where lease_until is null"))
                .isEqualTo(1);
    }

    @Test
    void theSameRequestIsTheSameSubscriptionAndAnotherOneIsNot() throws Exception {
        Subscription one = subscribe();
        assertThat(done(await(subscriptions.open(wanted("s1", "f1")))).id()).isEqualTo(one.id());
        assertThat(await(subscriptions.open(wanted("s1", "f2")))).isEqualTo(Outcome.refused(OrderRefusal.KEY_REUSED));
        done(await(subscriptions.open(wanted("s2", "f"))));
        done(await(subscriptions.open(wanted("s3", "f"))));
        assertThat(await(subscriptions.open(wanted("s4", "f"))))
                .isEqualTo(Outcome.refused(SubscriptionRefusal.TOO_MANY));
    }

    @Test
    void secretsRotateButNoneIsPushedOutBeforeItsTime() throws Exception {
        UUID id = subscribe().id();
        done(await(subscriptions.rotate(id)));
        assertThat(done(await(subscriptions.rotate(id))).secretsMadeAt()).hasSize(3);
        assertThat(await(subscriptions.rotate(id))).isEqualTo(Outcome.refused(SubscriptionRefusal.ROTATED_TOO_OFTEN));
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(61)));
        assertThat(done(await(subscriptions.rotate(id))).secretsMadeAt()).hasSize(4);
        assertThat(await(subscriptions.rotate(new UUID(7, 7))))
                .isEqualTo(Outcome.refused(SubscriptionRefusal.NOT_FOUND));
    }

    private TellingStore.Leased leased(int limit) throws Exception {
        return await(tellings.lease(limit, limit, Map.of(), Duration.ofMinutes(1)));
    }

    private void changed(UUID order, OrderCommand command) throws Exception {
        assertThat(floor.change(order, command)).isInstanceOf(Outcome.Done.class);
    }

    private void settlePayment(UUID order) throws Exception {
        changed(order, ShopFloor.said(floor.authorisation(order).id(), OperationStatus.DECLINED));
    }

    @CanIgnoreReturnValue
    private Subscription subscribe(String... events) throws Exception {
        Subscription wanted = Subscription.wanted(UUID.randomUUID(), "https://merchant.example/hooks", List.of(events));
        return done(await(subscriptions.open(new Subscriptions.Open(wanted, "s1", "f1"))));
    }

    private static Subscriptions.Open wanted(String scope, String fingerprint) {
        return new Subscriptions.Open(
                Subscription.wanted(UUID.randomUUID(), "https://merchant.example/hooks", List.of()),
                scope,
                fingerprint);
    }

    @CanIgnoreReturnValue
    private String deploy() throws Exception {
        Database database = floor.database;
        return await(floor.vertx.deployVerticle(new TellingVerticle(
                bus.bus(),
                new Feed(database, clock::get),
                tellings,
                new RetrySchedule(new Random(1)),
                SETTINGS,
                floor.meters)));
    }

    private static Future<Outcome<Parcel>> said(String status, @Nullable String reason) {
        return Future.succeededFuture(
                Outcome.done(Parcel.plain().with(CommerceFields.STATUS, status).with(CommerceFields.REASON, reason)));
    }

    private static Future<Outcome<Parcel>> refused(PrivacyRefusal refusal) {
        return Future.succeededFuture(Outcome.refused(refusal));
    }

    @CanIgnoreReturnValue
    private static Subscription done(Outcome<Subscription> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<Subscription>) outcome).value();
    }

    private long lastOf(UUID order) throws Exception {
        return floor.number("select max(sequence) from commerce.order_event where order_id = $1", order);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @CanIgnoreReturnValue
    private List<Notice> hear(long count) throws InterruptedException {
        List<Notice> notices = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            Notice next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("notice %d of %d", i + 1, count).isNotNull();
            notices.add(next);
        }
        return notices;
    }

    private void allTold() throws Exception {
        awaitNumber("select count(*) from commerce.telling", 0);
    }

    private void awaitNumber(String sql, long wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Objects.equals(look(sql), wanted) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(look(sql)).as(sql).isEqualTo(wanted);
    }

    /** -1 if there is no row. */
    private long look(String sql) throws Exception {
        return await(floor.database.query(sql, Tuple.tuple())).stream()
                .findFirst()
                .map(row -> row.getLong(0))
                .orElse(-1L);
    }
}
