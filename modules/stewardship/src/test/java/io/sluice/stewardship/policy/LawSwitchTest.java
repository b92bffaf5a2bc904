package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Changeover;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Turn;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which version is in force by the database's clock, seen from nodes whose own clocks are all wrong in some way. */
class LawSwitchTest {

    private static final int RUNS = 300;

    @Test
    @Clause("E2")
    void whateverTheClocksDoNoVersionHoldsAloneButTheOneInForceByTheDatabasesClock() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            FakeNode node = FakeNode.any(random);
            LawSwitch law = node.law(laws(node.turns(random)));
            String last = "";
            for (int step = 0; step < 60; step++) {
                node.passes(random);
                if (random.nextInt(4) == 0) {
                    ClockReading reading = node.reads(random);
                    law.read(reading);
                    law.isKnownAsOf(reading);
                }
                Policy policy = law.at(node.wall(), node.nanos());
                String expected = node.inForce();
                List<String> holding = List.of(policy.version().split("\\+"));
                assertThat(isUntimed(policy) || holding.contains(expected))
                        .as("%s holds, %s is in force, seed %d run %d step %d", holding, expected, seed, run, step)
                        .isTrue();
                assertThat(holding.getFirst())
                        .as("it never goes back, seed %d run %d", seed, run)
                        .isGreaterThanOrEqualTo(last);
                last = policy.changeover() == null ? policy.version() : last;
            }
        }
    }

    @Test
    @Clause("E2")
    void aVersionTakesEffectAtItsInstantWithinTheUncertaintyOfTheClocks() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));
        Duration before = Duration.ofMillis(200);

        assertThat(node.versionAt(law, turn.minus(before))).isEqualTo("v1");
        assertThat(node.versionAt(law, turn)).isEqualTo("v1+v2");
        assertThat(node.versionAt(law, turn.plus(before))).isEqualTo("v2");
        assertThat(node.meters.get("sluice.law.time-to-effect").timer().count()).isEqualTo(1);
    }

    @Test
    @Clause("E2")
    void aNodeWhoseWallClockIsFarOffRefusesOnlyWhileTheClocksDisagreeAboutTheVersion() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ofSeconds(-30));
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));

        assertThat(node.versionAt(law, turn.minusSeconds(1))).isEqualTo("v1");
        Policy between = node.policyAt(law, turn.plusSeconds(10));
        assertThat(isUntimed(between)).isTrue();
        assertThat(node.versionAt(law, turn.plusSeconds(31))).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void aNodeWhoseWallClockIsALittleOffGoesByTheDatabasesClockAlone() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ofSeconds(-4));
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));

        assertThat(node.versionAt(law, turn.minusMillis(200))).isEqualTo("v1");
        assertThat(node.versionAt(law, turn.plusMillis(200))).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void aMachineThatSleptPastTheInstantRefusesUntilItHasReadTheClockAgain() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));
        node.sleeps(Duration.ofHours(1));

        Policy awake = law.at(node.wall(), node.nanos());
        assertThat(isUntimed(awake)).isTrue();
        law.read(node.reads(new Random(1)));
        node.looks(law);
        assertThat(law.at(node.wall(), node.nanos()).version()).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void aReadingThatIsTooOldToTellRefusesAroundTheInstantAndNotOtherwise() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plus(Duration.ofHours(3));
        LawSwitch law = node.law(laws(List.of(turn)));

        assertThat(node.versionAt(law, turn.minusSeconds(30))).isEqualTo("v1");
        assertThat(isUntimed(node.policyAt(law, turn))).isTrue();
        assertThat(node.versionAt(law, turn.plusSeconds(30))).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void whatHasTakenEffectStaysThoughTheDatabasesClockIsSetBack() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));
        assertThat(node.versionAt(law, turn.plusSeconds(1))).isEqualTo("v2");

        node.databaseIsSet(Duration.ofHours(-1));
        law.read(node.reads(new Random(1)));
        node.looks(law);
        assertThat(law.at(node.wall(), node.nanos()).version()).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void aVersionKnownToHaveTakenEffectElsewhereIsInForceHereToo() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        LawSwitch law = node.law(laws(List.of(node.database().plusSeconds(60))));
        law.hasTakenEffect("v1");
        assertThat(law.get().version()).isEqualTo("v1");
        law.hasTakenEffect("v2");
        assertThat(law.get().version()).isEqualTo("v2");
        law.hasTakenEffect("v1");
        assertThat(law.get().version()).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void aVersionThatTheNodeCannotKeepIsLawNeverthelessAndGrantsNothing() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        Laws known = laws(List.of());
        PublishedLaw other = new PublishedLaw("v2", turn, turn, "", new LawSignature("", ""));
        LawSwitch law = node.law(known);
        law.learn(known.withUnkept(List.of(other)));

        assertThat(node.versionAt(law, turn.minusSeconds(1))).isEqualTo("v1");
        Policy after = node.policyAt(law, turn.plusSeconds(1));
        assertThat(after.version()).isEqualTo("v2");
        assertThat(isUntimed(after)).isTrue();
    }

    @Test
    @Clause("E2")
    void whatIsDecidedByAVersionKnowsWhenTheNextOneMayTakeEffect() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        Instant next = turn.plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn, next)));

        Turn first =
                Objects.requireNonNull(node.policyAt(law, turn.minusSeconds(1)).next());
        assertThat(first.at()).isEqualTo(turn);
        assertThat(first.notBeforeNanos() - node.nanos())
                .as("never later than the instant")
                .isBetween(0L, Duration.ofSeconds(1).toNanos());
        assertThat(Objects.requireNonNull(node.policyAt(law, turn).next()).at())
                .as("what both grant, the later one grants until the one after")
                .isEqualTo(next);
        assertThat(Objects.requireNonNull(
                                node.policyAt(law, turn.plusSeconds(1)).next())
                        .at())
                .isEqualTo(next);
        assertThat(node.policyAt(law, next).next()).isNull();
        assertThat(node.policyAt(law, next.plusSeconds(1)).next()).isNull();
    }

    @Test
    @Clause("E2")
    void aNodeThatHasNotLookedForLongerThanAVersionIsAnnouncedBeforehandGrantsNothing() throws Exception {
        for (List<Duration> announced : List.<List<Duration>>of(List.of(), List.of(Duration.ofDays(1)))) {
            FakeNode node = new FakeNode(0, 0, Duration.ZERO);
            LawSwitch law =
                    node.law(laws(announced.stream().map(node.database()::plus).toList()));

            node.goesOn(Timetable.KNOWN_FOR.minusMillis(100));
            assertThat(isUntimed(law.at(node.wall(), node.nanos())))
                    .as("as long as it has looked not long ago it grants")
                    .isFalse();
            node.goesOn(Duration.ofMillis(200));
            Policy perhapsSuperseded = law.at(node.wall(), node.nanos());
            assertThat(isUntimed(perhapsSuperseded)).isTrue();
            assertThat(law.get().shownVersion())
                    .as("it still says what it knows of")
                    .isEqualTo("v1");
            assertThat(node.meters.get("sluice.law.knowledge.age").gauge().value())
                    .isGreaterThan(Timetable.KNOWN_FOR.toSeconds());
            node.looks(law);
            assertThat(isUntimed(law.at(node.wall(), node.nanos()))).isFalse();
        }
        assertThat(Timetable.KNOWN_FOR)
                .as("what may be in force was there when it was looked for")
                .isLessThan(LawArchive.NOTICE.dividedBy(2));
    }

    @Test
    @Clause("E2")
    void aMachineThatSleptHasNotLooked() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        LawSwitch law = node.law(laws(List.of()));
        node.sleeps(Timetable.KNOWN_FOR.plusSeconds(1));

        assertThat(isUntimed(law.at(node.wall(), node.nanos()))).isTrue();
        node.looks(law);
        assertThat(isUntimed(law.at(node.wall(), node.nanos()))).isFalse();
    }

    @Test
    @Clause("E2")
    void aDraftIsFollowedWhenItsTextChangesAlsoTheOneInForce() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));
        Laws changed = laws("P91D", List.of(turn.plusSeconds(60)));
        law.learn(changed);

        assertThat(law.get().text()).contains("keep: P91D");
        assertThat(node.versionAt(law, turn.plusSeconds(1)))
                .as("the moved instant is gone by")
                .isEqualTo("v1");
        assertThat(node.versionAt(law, turn.plusSeconds(61))).isEqualTo("v2");
    }

    @Test
    @Clause("E2")
    void underADraftWhoseInstantIsMovedAfterItHasComeNothingIsGranted() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        Instant turn = node.database().plusSeconds(60);
        LawSwitch law = node.law(laws(List.of(turn)));
        assertThat(node.versionAt(law, turn.plusSeconds(1))).isEqualTo("v2");

        law.learn(laws(List.of(turn.plusSeconds(3600))));
        Policy moved = law.at(node.wall(), node.nanos());
        assertThat(moved.version()).isEqualTo("v2");
        assertThat(isUntimed(moved)).isTrue();
        law.learn(laws(List.of(turn)));
        assertThat(isUntimed(law.at(node.wall(), node.nanos()))).isFalse();
    }

    @Test
    void askingAllocatesNothingWhetherOrNotAVersionIsToCome() throws Exception {
        FakeNode node = new FakeNode(0, 0, Duration.ZERO);
        LawSwitch settled = node.law(laws(List.of()));
        LawSwitch turning = node.law(laws(List.of(node.database().plusSeconds(60))));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Instant now = node.wall();
        long nanos = node.nanos();
        long rounds = 20_000;
        long least = Long.MAX_VALUE;
        // what a compiler not done yet allocates is not the code's: the least of many measurements counts
        for (int i = 0; i < 100 && least > 0; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            long asked = ask(settled, now, nanos, rounds) + ask(turning, now, nanos, rounds);
            least = Math.min(least, (thread.getCurrentThreadAllocatedBytes() - before) / rounds);
            assertThat(asked).isEqualTo(2 * rounds);
        }
        assertThat(least).as("bytes for each question").isZero();
    }

    private static boolean isUntimed(Policy policy) {
        Changeover changeover = policy.changeover();
        return changeover != null && !changeover.isTimed();
    }

    private static long ask(LawSwitch law, Instant now, long nanos, long rounds) {
        long asked = 0;
        for (long i = 0; i < rounds; i++) {
            asked += law.at(now, nanos).changeover() == null ? 1 : 0;
        }
        return asked;
    }

    /** v1, and a version for each turn. */
    private static Laws laws(List<Instant> turns) throws LawInvalid {
        return laws("P90D", turns);
    }

    private static Laws laws(String keep, List<Instant> turns) throws LawInvalid {
        Law first = LawFile.parse("v1.yaml", LawFileTest.whole().replace("P90D", keep), LawFileTest.CATALOGUE);
        List<Law> announced = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String version = "v" + (i + 2);
            announced.add(LawFile.parse(
                    version + ".yaml",
                    LawFileTest.whole()
                            .replace("version: v1", "version: " + version)
                            .replaceFirst("effective_at: \\S+", "effective_at: " + turns.get(i)),
                    LawFileTest.CATALOGUE));
        }
        return new Laws(first, announced, List.of());
    }

    /** A node and its database, each with a clock of its own, over one true time. */
    private static final class FakeNode {

        private static final Instant ORIGIN = Instant.parse("2026-08-01T00:00:00Z");

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final double nodeDrift;
        private final double databaseDrift;
        private final Duration skew;
        private long trueNanos;
        private long sleptNanos;
        private Duration set = Duration.ZERO;
        private List<Instant> turns = List.of();

        FakeNode(double nodeDrift, double databaseDrift, Duration skew) {
            this.nodeDrift = nodeDrift;
            this.databaseDrift = databaseDrift;
            this.skew = skew;
        }

        static FakeNode any(Random random) {
            long skew = random.nextBoolean() ? random.nextLong(-5_000, 5_000) : random.nextLong(-3_600_000, 3_600_000);
            return new FakeNode(
                    random.nextDouble(-4e-4, 4e-4), random.nextDouble(-4e-4, 4e-4), Duration.ofMillis(skew));
        }

        List<Instant> turns(Random random) {
            List<Instant> found = new ArrayList<>();
            Instant at = ORIGIN;
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                at = at.plusNanos(
                        random.nextBoolean() ? random.nextLong(50_000_000) : random.nextLong(100_000_000_000L));
                at = at.plusNanos(1_000_000);
                found.add(at);
            }
            turns = found;
            return found;
        }

        LawSwitch law(Laws laws) {
            turns = laws.announced().stream()
                    .map(law -> law.policy().effectiveAt())
                    .toList();
            return new LawSwitch(laws, reads(new Random(trueNanos)), this::wall, this::nanos, meters);
        }

        Instant database() {
            return ORIGIN.plus(set).plusNanos(trueNanos + (long) (trueNanos * databaseDrift));
        }

        /** It shows the database's time but for its skew, and goes on while the machine sleeps. */
        Instant wall() {
            return ORIGIN.plusNanos(trueNanos).plus(skew);
        }

        long nanos() {
            long awake = trueNanos - sleptNanos;
            return Long.MAX_VALUE - 1_000_000_000L + awake + (long) (awake * nodeDrift);
        }

        String inForce() {
            return "v"
                    + (1
                            + turns.stream()
                                    .filter(turn -> !turn.isAfter(database()))
                                    .count());
        }

        /** Mostly a little, now and then long, and sometimes asleep. */
        void passes(Random random) {
            switch (random.nextInt(8)) {
                case 0 -> sleeps(Duration.ofMillis(random.nextLong(20_000)));
                case 1 -> trueNanos += random.nextLong(20_000_000_000L);
                default -> trueNanos += random.nextLong(20_000_000);
            }
        }

        void goesOn(Duration time) {
            trueNanos += time.toNanos();
        }

        void sleeps(Duration time) {
            trueNanos += time.toNanos();
            sleptNanos += time.toNanos();
        }

        void databaseIsSet(Duration by) {
            set = set.plus(by);
        }

        /** A question on its way there, and an answer on its way back. */
        ClockReading reads(Random random) {
            long sent = nanos();
            trueNanos += random.nextLong(30_000_000);
            Instant database = database();
            trueNanos += random.nextLong(30_000_000);
            return new ClockReading(sent, nanos(), database, wall());
        }

        /** Finds nothing new, and reads the clock no more exactly than before. */
        void looks(LawSwitch law) {
            law.isKnownAsOf(new ClockReading(nanos(), nanos(), database(), wall()));
        }

        Policy policyAt(LawSwitch law, Instant time) {
            trueNanos += Duration.between(database(), time).toNanos();
            looks(law);
            return law.at(wall(), nanos());
        }

        String versionAt(LawSwitch law, Instant time) {
            return policyAt(law, time).version();
        }
    }
}
