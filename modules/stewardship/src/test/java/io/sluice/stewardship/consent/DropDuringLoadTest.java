package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link LeaseRaces} finds in snapshots that are loaded on several threads, and on a machine that sleeps. */
class DropDuringLoadTest {

    private static final SubjectId ADA = new SubjectId(UUID.randomUUID());

    private final AskedRows asked = new AskedRows(ADA);
    private Instant wall = Instant.parse("2026-11-23T12:00:00Z");
    private Runnable atTheNextLookAtTheClock = () -> {};
    private final LeasedSnapshots snapshots = new LeasedSnapshots(
            asked::find, SubjectSettings.standard(), () -> wall, this::nanos, new SimpleMeterRegistry());

    @Test
    void aDropBetweenTheComparisonAndTheKeepingOfALoadIsNotLost() {
        Future<Optional<SubjectSnapshot>> older = snapshots.of(ADA);
        // the cache reads its clock when something is put into it: that is where the other thread's drop comes
        atTheNextLookAtTheClock = () -> snapshots.drop(ADA);
        asked.answer(1);

        Future<Optional<SubjectSnapshot>> newer = snapshots.of(ADA);

        assertThat(older.result().orElseThrow().version()).isEqualTo(1);
        assertThat(newer.isComplete()).as("the row is asked for again").isFalse();
    }

    @Test
    void whatAMachineAskedForBeforeItSleptIsNotUsedAfterwards() {
        Future<Optional<SubjectSnapshot>> asleep = snapshots.of(ADA);
        wall = wall.plus(Duration.ofSeconds(60));
        asked.answer(1);

        assertThat(asleep.succeeded() && asleep.result().orElseThrow().lease().holdsAt(wall, nanos()))
                .as("a snapshot of a minute ago is fresh")
                .isFalse();
    }

    private long nanos() {
        Runnable now = atTheNextLookAtTheClock;
        atTheNextLookAtTheClock = () -> {};
        now.run();
        return 17;
    }
}
