package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeasedSnapshotsTest {

    private static final SubjectId ADA = new SubjectId(UUID.randomUUID());
    private static final long SECOND = 1_000_000_000L;

    private final AskedRows asked = new AskedRows(ADA);
    private long nanos = 17;
    private Instant wall = Instant.parse("2026-11-23T12:00:00Z");
    private final LeasedSnapshots snapshots = new LeasedSnapshots(
            asked::find, SubjectSettings.standard(), () -> wall, () -> nanos, new SimpleMeterRegistry());

    @Test
    @Clause("D5")
    void theLeaseCountsFromWhenTheLoadWasAskedForNotFromItsArrival() {
        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);

        pass(Duration.ofSeconds(1));
        asked.answer(1);

        assertThat(snapshot.result().orElseThrow().lease().untilNanos()).isEqualTo(17 + 2 * SECOND);
    }

    @Test
    void withinItsLeaseASnapshotIsNotAskedForAgain() {
        load(1);

        pass(Duration.ofMillis(1499));

        assertThat(snapshots.of(ADA).result().orElseThrow().version()).isEqualTo(1);
        assertThat(asked.waiting()).isZero();
    }

    @Test
    void aSnapshotWhoseLeaseWouldEndUnderWhatIsDecidedByItIsAskedForAgain() {
        load(1);

        pass(Duration.ofMillis(1500));
        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);
        asked.answer(1);

        assertThat(snapshot.result().orElseThrow().lease().untilNanos()).isEqualTo(17 + 3 * SECOND + SECOND / 2);
    }

    @Test
    @Clause("D5")
    void pastItsLeaseASnapshotIsAskedForAgain() {
        load(1);

        pass(Duration.ofSeconds(2));
        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);
        asked.answer(2);

        assertThat(snapshot.result().orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void withoutADatabaseThereIsNoSnapshotHoweverFreshTheLastWas() {
        load(1);
        pass(Duration.ofSeconds(2));

        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);
        asked.next().fail(new Unavailable("database"));

        assertThat(snapshot.cause()).isInstanceOf(Unavailable.class);
    }

    @Test
    void absenceIsNotRemembered() {
        Future<Optional<SubjectSnapshot>> before = snapshots.of(ADA);
        asked.next().complete(Optional.empty());
        Future<Optional<SubjectSnapshot>> after = snapshots.of(ADA);
        asked.answer(1);

        assertThat(before.result()).isEmpty();
        assertThat(after.result()).isPresent();
    }

    @Test
    void whatWasDroppedIsAskedForAgain() {
        load(1);

        snapshots.drop(ADA);

        assertThat(snapshots.of(ADA).isComplete()).isFalse();
        assertThat(asked.waiting()).isEqualTo(1);
    }

    @Test
    @Clause("D5")
    void aLoadThatIsOlderThanADropIsNotKept() {
        Future<Optional<SubjectSnapshot>> older = snapshots.of(ADA);
        snapshots.drop(ADA);
        asked.answer(1);
        Future<Optional<SubjectSnapshot>> newer = snapshots.of(ADA);
        asked.answer(2);

        assertThat(older.result().orElseThrow().version()).isEqualTo(1);
        assertThat(newer.result().orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aMachineThatSleptTrustsNothingItKnewBefore() {
        load(1);

        // the wall clock went on, the monotonic one stood still
        wall = wall.plusSeconds(60);

        assertThat(snapshots.of(ADA).isComplete()).isFalse();
    }

    @Test
    void whatWasOnItsWayWhileTheMachineSleptIsAskedForAgain() {
        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);

        wall = wall.plusSeconds(60);
        asked.answer(1);
        assertThat(snapshot.isComplete()).isFalse();

        asked.answer(2);
        assertThat(snapshot.result().orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aSmallStepOfTheWallClockDoesNotMatter() {
        load(1);

        wall = wall.plusMillis(200);

        assertThat(snapshots.of(ADA).isComplete()).isTrue();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    private void load(long version) {
        Future<Optional<SubjectSnapshot>> snapshot = snapshots.of(ADA);
        asked.answer(version);
        assertThat(snapshot.succeeded()).isTrue();
    }
}
