package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.Address;
import io.sluice.guard.Outcome;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.consent.SubjectSettings;
import io.sluice.storage.Superseded;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an effect that was decided before, and is committed after, a person changed what they allow. */
@Clause("D5")
class ConsentFenceIT {

    private static final PurposeWish NO_SHIPMENT = new PurposeWish("shipment", false);
    private static final PurposeWish HELP_ME = new PurposeWish("customer_assistance", true);

    private TownHall hall;
    private Ground ground;
    private SubjectId ada;

    @BeforeEach
    void open() {
        hall = new TownHall();
        ground = new Ground(hall);
        ada = person();
    }

    @AfterEach
    void close() {
        ground.close();
        hall.close();
    }

    @Test
    void nothingIsCommittedThatWasDecidedByWhatHasBeenWithdrawnSince() {
        Rider decided = decided(ada, hall.now());
        withdraw(ada);

        assertThatThrownBy(() -> TownHall.await(ground.enter(1, decided))).isInstanceOf(Superseded.class);

        assertThat(ground.entries()).isEmpty();
        assertThat(hall.sql("select * from leaf")).isEmpty();
        assertThat(decided.isCommitted()).isFalse();
    }

    @Test
    void whatWasDecidedAfterwardsIsCommitted() {
        withdraw(ada);

        assertThat(TownHall.await(ground.enter(1, decided(ada, hall.now())))).isTrue();

        assertThat(ground.entries()).containsExactly("1");
    }

    @Test
    void aConsentGivenMeanwhileTakesNothingAway() {
        Rider decided = decided(ada, hall.now());
        assertThat(decide(ada, HELP_ME)).isInstanceOf(Outcome.Done.class);

        assertThat(TownHall.await(ground.enter(1, decided))).isTrue();
    }

    @Test
    void aRoleTakenAwayCountsLikeAConsent() {
        Rider decided = decided(ada, hall.now());
        assertThat(hall.ask(Accounts.APPOINT, hall.appointment(ada, 0))).isInstanceOf(Outcome.Done.class);

        assertThatThrownBy(() -> TownHall.await(ground.enter(1, decided))).isInstanceOf(Superseded.class);
    }

    @Test
    @Clause("E2")
    void nothingIsCommittedThatWasDecidedByALawThatAnotherHasFollowedSince() {
        Instant now = hall.instant("select clock_timestamp()");

        Future<Boolean> overtaken = ground.enter(1, decidedUntil(now));
        Future<Boolean> inTime = ground.enter(2, decidedUntil(now.plus(Duration.ofHours(1))));
        Future<Boolean> byTheLastLaw = ground.enter(3, decided(ada, hall.now()));

        assertThatThrownBy(() -> TownHall.await(overtaken)).isInstanceOf(Superseded.class);
        assertThat(TownHall.await(inTime)).isTrue();
        assertThat(TownHall.await(byTheLastLaw)).isTrue();
        assertThat(ground.entries()).containsExactly("2", "3");
    }

    private Rider decidedUntil(Instant turn) {
        SubjectSnapshot person = snapshot(ada);
        return hall.leaves.rider(ada, new Standing(ada, person.version(), hall.now(), turn));
    }

    @Test
    void thoseWhoWereDecidedInTheSameTransactionAreCommittedWithoutIt() {
        SubjectId bo = person();
        Rider fallen = decided(ada, hall.now());
        Rider good = decided(bo, hall.now());
        withdraw(ada);

        Future<Boolean> first = ground.enter(1, fallen);
        Future<Boolean> second = ground.enter(2, good);

        assertThatThrownBy(() -> TownHall.await(first)).isInstanceOf(Superseded.class);
        assertThat(TownHall.await(second)).isTrue();
        assertThat(ground.entries()).containsExactly("2");
    }

    @Test
    void aPersonWithoutARowAllowsNothing() {
        SubjectId nobody = hall.somebody();
        Rider decided = hall.leaves.rider(nobody, new Standing(nobody, 1, hall.now()));

        assertThatThrownBy(() -> TownHall.await(ground.enter(1, decided))).isInstanceOf(Superseded.class);
    }

    @Test
    void aWithdrawalWaitsForTheEffectThatIsBeingCommitted() {
        Rider decided = decided(ada, hall.now());
        Ground.Open effect = ground.begin();
        effect.run(
                "select stewardship.require_standing(array[$1::uuid], array[$2::bigint], array[$3::timestamptz])",
                arguments(decided));

        Future<Outcome<Address.Done>> withdrawn = deciding(ada, NO_SHIPMENT);
        ground.awaitWaiters(1);
        assertThat(snapshotInDatabase(ada)).as("nothing is withdrawn yet").isEqualTo("1");
        effect.commit();

        assertThat(TownHall.await(withdrawn)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anEffectWaitsForTheWithdrawalThatIsBeingCommittedAndFalls() {
        Rider decided = decided(ada, hall.now());
        Ground.Open withdrawal = ground.begin();
        withdrawal.run("select stewardship.hold_off_effects(array[$1::uuid])", ada.value());

        Future<Boolean> entered = ground.enter(1, decided);
        ground.awaitWaiters(1);
        withdrawal.run(
                "update stewardship.subject set version = 2, restricted_version = 2, restricted_at = now() where id = $1",
                ada.value());
        withdrawal.commit();

        assertThatThrownBy(() -> TownHall.await(entered)).isInstanceOf(Superseded.class);
        assertThat(ground.entries()).isEmpty();
    }

    @Test
    void aDecisionLaterThanAnyLeaseAllowsIsCountedAsAFault() {
        Duration lease = SubjectSettings.standard().effectWithin();
        SubjectSnapshot before = snapshot(ada);
        withdraw(ada);
        Instant changed = hall.instant("select restricted_at from stewardship.subject where id = $1", ada.value());

        for (int seconds : new int[] {0, 1}) {
            Rider decided =
                    decided(before, changed.plus(lease).plusSeconds(seconds).minusMillis(1));
            assertThatThrownBy(() -> TownHall.await(ground.enter(1, decided))).isInstanceOf(Superseded.class);
            assertThat(hall.lateDecisions()).isEqualTo(seconds);
        }
    }

    private SubjectId person() {
        SubjectId subject = hall.somebody();
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private void withdraw(SubjectId subject) {
        assertThat(decide(subject, NO_SHIPMENT)).isInstanceOf(Outcome.Done.class);
        assertThat(snapshot(subject).permits(Purpose.SHIPMENT)).isFalse();
    }

    private Outcome<Address.Done> decide(SubjectId subject, PurposeWish wish) {
        return TownHall.await(deciding(subject, wish));
    }

    private Future<Outcome<Address.Done>> deciding(SubjectId subject, PurposeWish wish) {
        return hall.bus.ask(Persons.DECIDE, hall.wishes(subject, hall.law.version(), wish));
    }

    private SubjectSnapshot snapshot(SubjectId subject) {
        return TownHall.await(hall.snapshots.of(subject)).orElseThrow();
    }

    private String snapshotInDatabase(SubjectId subject) {
        return hall.sql("select version from stewardship.subject where id = $1", subject.value())
                .getFirst();
    }

    private Rider decided(SubjectId subject, Instant at) {
        return decided(snapshot(subject), at);
    }

    private Rider decided(SubjectSnapshot person, Instant at) {
        return hall.leaves.rider(person.subject(), new Standing(person.subject(), person.version(), at));
    }

    private static Object[] arguments(Rider rider) {
        Standing standing = rider.standings().getFirst();
        return new Object[] {
            standing.subject().value(), standing.version(), standing.decidedAt().atOffset(java.time.ZoneOffset.UTC)
        };
    }
}
