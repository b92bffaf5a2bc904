package io.sluice.guard;

import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.EMAIL;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.PLACE;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static io.sluice.guard.Shop.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.kernel.Turn;
import io.sluice.kernel.Use;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node may stand still between a decision and what follows from it, for longer than persons wait for others to forget. */
final class LapsedPermitTest {

    private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofHours(2);

    private final Shop shop = new Shop();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("D5")
    void whatIsOnlyCarriedIsNotDeliveredUnderAPermitThatHasLapsed(boolean isLapsed) {
        servePlace();
        shop.uponLeaf = () -> shop.standstill = isLapsed ? LONGER_THAN_ANY_LEASE : Duration.ofMillis(1);

        Outcome<?> outcome = await(shop.bus().ask(PLACE, order()));

        assertThat(outcome)
                .isEqualTo(isLapsed ? Outcome.refused(PrivacyRefusal.OVERLOADED) : Outcome.done(Address.Done.DONE));
        assertThat(delivered).hasSize(isLapsed ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("E2")
    void nothingIsDeliveredUnderALawThatMayHaveBeenFollowedByAnotherSince(boolean isFollowed) {
        servePlace();
        Duration stood = Duration.ofMillis(500);
        long turn = System.nanoTime() + (isFollowed ? stood : Duration.ofHours(1)).toNanos();
        shop.law = shop.law.until(new Turn(Instant.now(), turn));
        shop.uponLeaf = () -> shop.standstill = stood;

        Outcome<?> outcome = await(shop.bus().ask(PLACE, order()));

        assertThat(outcome)
                .isEqualTo(isFollowed ? Outcome.refused(PrivacyRefusal.OVERLOADED) : Outcome.done(Address.Done.DONE));
        assertThat(delivered).hasSize(isFollowed ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("D5")
    void nothingIsDeliveredUnderAPermitFromBeforeTheMachineSlept(boolean hasSlept) {
        servePlace();
        shop.uponLeaf = () -> shop.sleep = hasSlept ? LONGER_THAN_ANY_LEASE : Duration.ofMillis(1);

        await(shop.bus().ask(PLACE, order()));

        assertThat(delivered).hasSize(hasSlept ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("C2")
    void aUseThatWasLoggedAndCameToNothingIsCountedAndARefusalsLeafSaysSo(boolean isLapsed) {
        await(shop.bus().serve(DISPATCH, delivery -> {
            delivered.add(delivery);
            return Future.succeededFuture(Outcome.done(Parcel.plain().with(Shop.AMOUNT, 42L)));
        }));
        shop.uponLeaf = () -> shop.standstill = isLapsed ? LONGER_THAN_ANY_LEASE : Duration.ofMillis(1);

        await(shop.bus().ask(DISPATCH, gift()));

        assertThat(delivered).hasSize(isLapsed ? 0 : 1);
        assertThat(shop.meters.counter("sluice.guard.withheld").count()).isEqualTo(isLapsed ? 1 : 0);
        assertThat(shop.leaves)
                .extracting(Use::decision)
                .containsExactlyElementsOf(
                        isLapsed ? List.of(Use.PERMIT, PrivacyRefusal.FIELD_NOT_OPENED.code()) : List.of(Use.PERMIT));
    }

    @Test
    @Clause("D5")
    void aHandlerCanAskWhetherItsPermitStillHolds() {
        await(shop.bus().serve(DISPATCH, delivery -> {
            delivered.add(delivery.isStillPermitted());
            shop.standstill = LONGER_THAN_ANY_LEASE;
            delivered.add(delivery.isStillPermitted());
            return Future.succeededFuture(Outcome.done(Parcel.plain().with(Shop.AMOUNT, 42L)));
        }));

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));

        assertThat(delivered).containsExactly(true, false);
    }

    @Test
    @Clause("D5")
    void anEffectKnowsThePersonsAsItsDecisionSawThem() {
        servePlace();

        await(shop.bus().ask(PLACE, order()));

        assertThat(delivered)
                .singleElement()
                .isInstanceOfSatisfying(
                        Rider.class,
                        leaf -> assertThat(leaf.standings())
                                .singleElement()
                                .isEqualTo(new Standing(
                                        BUYER, 1, shop.leaves.getFirst().time())));
    }

    private void servePlace() {
        await(shop.bus().serve(PLACE, delivery -> {
            delivery.riders().forEach(leaf -> {
                delivered.add(leaf);
                leaf.committed();
            });
            return Future.succeededFuture(Outcome.done(Parcel.plain()));
        }));
    }

    private static Parcel order() {
        return Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD).withSealed(EMAIL, sealed("ada@example.org"));
    }
}
