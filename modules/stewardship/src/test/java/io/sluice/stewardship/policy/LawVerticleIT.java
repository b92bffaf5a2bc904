package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Changeover;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Policy;
import io.sluice.storage.Database;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that keep up with one database, on a real PostgreSQL. */
class LawVerticleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.open(vertx, PostgresFixture.freshDatabase("storage", "stewardship"));

    @TempDir
    Path folder;

    private SigningKeys keys;
    private LawArchive archive;
    private volatile boolean isReadable = true;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = SigningKeys.in(folder);
        archive = new LawArchive(database, keys.signers(), new SimpleMeterRegistry());
        assertThat(keys.version(folder, "v1", "2026-02-01")).exists();
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    @Clause("E2")
    void aVersionThatAnotherNodeLaysBeforeTheShopIsTakenInAndTakesEffectAtItsInstant() throws Exception {
        Instant now = databaseTime();
        Running one = start();
        Running other = start();
        Instant turn = now.plusSeconds(8);
        announce("v2", turn);

        until(
                "both know it",
                () -> one.law.known().size() == 2 && other.law.known().size() == 2);
        assertThat(one.verticle.get()).as("everybody may read it").hasSize(2);
        assertThat(List.of(one.law.get().version(), other.law.get().version()))
                .as("until then the old one holds")
                .containsOnly("v1");
        until("both go by it", () -> one.isAt("v2") && other.isAt("v2"));
        assertThat(databaseTime()).isAfterOrEqualTo(turn);
    }

    @Test
    @Clause("E2")
    void whatHasTakenEffectStaysInForceAfterARestartThoughTheDatabasesClockBeSetBack() throws Exception {
        Instant now = databaseTime();
        Running before = start();
        announce("v2", now.minusSeconds(1));
        until("it is noted", () -> notedAsInEffect("v2"));
        assertThat(before.isAt("v2")).isTrue();

        Instant setBack = now.minus(Duration.ofHours(1));
        ClockReading then = new ClockReading(System.nanoTime(), System.nanoTime(), setBack, setBack);
        Instant last = await(archive.lastEffect(then));
        assertThat(LawFolder.read(folder, LawFileTest.CATALOGUE, keys.signers(), last)
                        .inForce()
                        .version())
                .isEqualTo("v2");
        assertThatThrownBy(() -> await(database.query("delete from stewardship.law_effect", Tuple.tuple())))
                .rootCause()
                .hasMessageContaining("never undone");
    }

    @Test
    void aVersionThatIsOnlyAnnouncedIsNotNotedAsInEffect() throws Exception {
        version("v2", databaseTime().plus(Duration.ofDays(1)));
        Running node = start();
        until("the other is noted", () -> notedAsInEffect("v1"));

        assertThat(notedAsInEffect("v2")).isFalse();
        assertThat(node.isAt("v1")).isTrue();
    }

    @Test
    @Clause("E2")
    void aNodeCutOffFromTheDatabaseGrantsNothingUnderALawThatMayHaveBeenSuperseded() throws Exception {
        Database cutOff = Database.open(vertx, database.settings());
        TurnedClock clock = new TurnedClock();
        Running away = start(new LawArchive(cutOff, keys.signers(), new SimpleMeterRegistry()), clock);
        Running there = start(archive, clock);
        await(cutOff.close());

        clock.turn(Timetable.KNOWN_FOR.plusSeconds(1));
        assertThat(away.grants()).isFalse();
        until("whoever can still look goes on", there::grants);
        assertThat(away.grants()).as("and who cannot stays silent").isFalse();
        assertThat(away.isAt("v1")).isTrue();
    }

    @Test
    @Clause("E2")
    void whatIsThereAndCannotBeTakenInIsNotKnown() throws Exception {
        TurnedClock clock = new TurnedClock();
        isReadable = false;
        Running node = start(archive, clock);
        clock.turn(Timetable.KNOWN_FOR.plusSeconds(1));
        until(
                "it has tried",
                () -> node.meters.counter("sluice.law.looks.failed").count() > 0);
        assertThat(node.grants()).isFalse();

        isReadable = true;
        until("it is taken in after all", node::grants);
    }

    @Test
    @Clause("E2")
    void aDraftThatAnotherNodeWasStartedWithIsFollowedWhenItsTextChanges() throws Exception {
        Files.delete(folder.resolve("v1.yaml"));
        assertThat(keys.version(folder, "v1-draft", "2026-02-01", "P90D")).exists();
        Running node = start();
        assertThat(node.law.get().text()).contains("keep: P90D");

        assertThat(keys.version(folder, "v1-draft", "2026-02-01", "P91D")).exists();
        store(databaseTime());
        until("it is followed", () -> node.law.get().text().contains("keep: P91D"));
        assertThat(node.verticle.get().getFirst().text()).contains("keep: P91D");
        assertThat(node.grants()).isTrue();
    }

    @Test
    @Clause("E1")
    void whatNobodyTrustedHasSignedIsNotTakenInByARunningNode() throws Exception {
        Running node = start();
        Instant turn = databaseTime().plusSeconds(1);
        announce("v2", turn);
        assertThat(await(database.query(
                                "insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)"
                                        + " select 'v3', announced_at, effective_at, text || ' ', signer, signature"
                                        + " from stewardship.law where version = 'v2'",
                                Tuple.tuple()))
                        .rowCount())
                .isEqualTo(1);

        until("what was signed is", () -> node.isAt("v2"));
        assertThat(node.verticle.get()).extracting(PublishedLaw::version).containsExactly("v1", "v2");
        assertThat(node.law.known()).extracting(Policy::version).containsExactly("v2");
        assertThat(notedAsInEffect("v3")).isFalse();
    }

    private record Running(LawSwitch law, LawVerticle verticle, SimpleMeterRegistry meters) {
        boolean isAt(String version) {
            return law.get().version().equals(version);
        }

        boolean grants() {
            Changeover changeover = law.get().policy().changeover();
            return changeover == null || changeover.isTimed();
        }
    }

    /** This machine's clocks, gone ahead by as much as a test says. */
    private static final class TurnedClock {
        private volatile Duration ahead = Duration.ZERO;

        void turn(Duration by) {
            ahead = ahead.plus(by);
        }

        Instant wall() {
            return Instant.now().plus(ahead);
        }

        long nanos() {
            return System.nanoTime() + ahead.toNanos();
        }
    }

    private Running start() throws Exception {
        return start(archive, new TurnedClock());
    }

    private Running start(LawArchive from, TurnedClock clock) throws Exception {
        ClockReading reading = await(from.state(clock::wall, clock::nanos)).clock();
        Laws laws = laws(reading.database());
        List<PublishedLaw> published = await(from.store(laws, reading.database()));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LawSwitch law = new LawSwitch(laws, reading, clock::wall, clock::nanos, meters);
        LawVerticle verticle = new LawVerticle(
                from, law, published, versions -> read(laws, versions), clock::wall, clock::nanos, meters);
        assertThat(await(vertx.deployVerticle(verticle))).isNotEmpty();
        return new Running(law, verticle, meters);
    }

    private Laws read(Laws laws, List<PublishedLaw> versions) {
        if (!isReadable) {
            throw new IllegalStateException("cannot be read");
        }
        try {
            return laws.with(laws.news(versions), LawFileTest.CATALOGUE, keys.signers());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Laws laws(Instant now) throws Exception {
        return LawFolder.read(folder, LawFileTest.CATALOGUE, keys.signers(), now);
    }

    @CanIgnoreReturnValue
    private List<PublishedLaw> store(Instant now) throws Exception {
        return await(archive.store(laws(now), now));
    }

    /** A version in the folder that was announced long enough ago to take effect then. */
    private void version(String name, Instant effective) throws Exception {
        keys.version(folder, name, effective);
    }

    /** Lays that version before the shop, as if a node had been started with it in good time. */
    private void announce(String name, Instant effective) throws Exception {
        version(name, effective);
        Path file = folder.resolve(name + LawFile.SUFFIX);
        LawSignature signature = LawSignature.of(file).orElseThrow();
        assertThat(await(database.query(
                                "insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)"
                                        + " values ($1, $2, $2, $3, $4, $5)",
                                Tuple.of(
                                        name,
                                        effective.atOffset(ZoneOffset.UTC),
                                        Files.readString(file),
                                        signature.signer(),
                                        signature.base64())))
                        .rowCount())
                .isEqualTo(1);
    }

    private boolean notedAsInEffect(String version) throws Exception {
        return await(archive.state(InstantSource.system(), System::nanoTime))
                .inEffect()
                .contains(version);
    }

    private Instant databaseTime() throws Exception {
        return await(archive.state(InstantSource.system(), System::nanoTime))
                .clock()
                .database();
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(giveUp);
            await(vertx.timer(20, TimeUnit.MILLISECONDS));
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
