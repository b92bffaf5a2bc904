package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Clause;
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
    private static final Duration NOTICE = Duration.ofDays(14);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.open(vertx, PostgresFixture.freshDatabase("storage", "stewardship"));

    @TempDir
    Path folder;

    private SigningKeys keys;
    private LawArchive archive;

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
        version("v2", turn);
        assertThat(store(now)).extracting(PublishedLaw::version).containsExactly("v1", "v2");

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
        version("v2", now.minusSeconds(1));
        store(now);
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

    private record Running(LawSwitch law, LawVerticle verticle) {
        boolean isAt(String version) {
            return law.get().version().equals(version);
        }
    }

    private Running start() throws Exception {
        InstantSource clock = InstantSource.system();
        ClockReading reading = await(archive.state(clock, System::nanoTime)).clock();
        List<PublishedLaw> published = store(reading.database());
        Laws laws = laws(reading.database());
        LawSwitch law = new LawSwitch(laws, reading, clock, System::nanoTime, new SimpleMeterRegistry());
        LawVerticle verticle = new LawVerticle(
                archive, law, published, this::read, clock, System::nanoTime, new SimpleMeterRegistry());
        assertThat(await(vertx.deployVerticle(verticle))).isNotEmpty();
        return new Running(law, verticle);
    }

    private Laws read(List<PublishedLaw> versions) {
        try {
            Laws first =
                    new Laws(laws(Instant.parse("2026-03-01T00:00:00Z")).inForce(), List.of(), versions.subList(0, 1));
            return first.with(versions.subList(1, versions.size()), LawFileTest.CATALOGUE, keys.signers());
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

    /** A version that was announced long enough ago to take effect then. */
    private void version(String name, Instant effective) throws Exception {
        Path file = keys.version(folder, name, "2026-02-01");
        String text = Files.readString(file)
                .replaceFirst("announced_at: \\S+", "announced_at: " + effective.minus(NOTICE))
                .replaceFirst("effective_at: \\S+", "effective_at: " + effective);
        keys.sign(Files.writeString(file, text));
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
