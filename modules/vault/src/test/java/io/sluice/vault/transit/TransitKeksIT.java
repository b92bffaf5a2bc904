package io.sluice.vault.transit;

import static io.sluice.vault.Strongroom.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Unavailable;
import io.sluice.vault.KekEpoch;
import io.sluice.vault.KeyNotUsable;
import io.sluice.vault.KeyNotUsable.Reason;
import io.sluice.vault.transit.TransitStub.Mood;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key-encryption keys in a transit engine, over a real socket. */
final class TransitKeksIT {

    private static final byte[] KEY = "a key of thirty-two bytes, about".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = {7};
    private static final Instant MADE = Instant.parse("2026-11-23T12:00:00Z");

    private static Vertx vertx;

    private TransitStub stub;
    private TransitKeks keks;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        stub = new TransitStub(vertx, InstantSource.fixed(MADE));
        keks = open(settings(TransitStub.TOKEN, Optional.empty()));
    }

    @AfterEach
    void close() {
        await(keks.close());
        stub.close();
    }

    @Test
    void theKeyIsMadeOnceAndItsFirstVersionIsTheFirstEpoch() {
        assertThat(keks.currentEpoch()).isEqualTo(1);
        TransitKeks other = open(settings(TransitStub.TOKEN, Optional.empty()));
        assertThat(await(other.epochs())).containsExactly(new KekEpoch(1, MADE));
        await(other.close());
        assertThat(stub.asked.stream().filter("POST /v1/transit/keys/sluice"::equals))
                .hasSize(1);
    }

    @Test
    void whatIsWrappedOpensInItsPlaceOnly() {
        Buffer wrapped = await(keks.wrap(1, KEY, PLACE));
        assertThat(wrapped.toString()).startsWith("vault:v1:");
        assertThat(await(keks.unwrap(1, wrapped, PLACE))).isEqualTo(KEY);
        assertThat(reason(keks.unwrap(1, wrapped, new byte[] {8}))).isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(reason(keks.unwrap(2, wrapped, PLACE))).isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(reason(keks.unwrap(9, Buffer.buffer(wrapped.toString().replace("v1", "v9")), PLACE)))
                .isEqualTo(Reason.EPOCH_GONE);
    }

    @Test
    @Clause({"B3", "D4"})
    void anEpochTurnsAndIsDestroyedForGood() {
        Buffer old = await(keks.wrap(1, KEY, PLACE));
        assertThat(await(keks.turn(1))).isEqualTo(2);
        assertThat(await(keks.turn(1))).as("turned already").isEqualTo(2);
        Buffer since = await(keks.wrap(2, KEY, PLACE));
        assertThat(await(keks.unwrap(1, old, PLACE))).isEqualTo(KEY);

        await(keks.destroyThrough(1));

        assertThat(reason(keks.unwrap(1, old, PLACE))).isEqualTo(Reason.EPOCH_GONE);
        assertThat(await(keks.unwrap(2, since, PLACE))).isEqualTo(KEY);
        assertThat(await(keks.epochs())).extracting(KekEpoch::number).containsExactly(2);
        assertThat(stub.asked).contains("POST /v1/transit/keys/sluice/trim");
        assertThatThrownBy(() -> await(keks.destroyThrough(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsOnlyDisallowedIsNotDestroyedYet() {
        assertThat(await(keks.turn(1))).isEqualTo(2);
        stub.trimFails = true;
        assertThatThrownBy(() -> await(keks.destroyThrough(1))).isInstanceOf(Unavailable.class);
        assertThat(await(keks.epochs())).extracting(KekEpoch::number).containsExactly(1, 2);
        stub.trimFails = false;
        await(keks.destroyThrough(1));
        assertThat(await(keks.epochs())).extracting(KekEpoch::number).containsExactly(2);
    }

    @Test
    void keysThatAreAskedForTogetherGoTogetherAndOneThatFailsFailsAlone() {
        List<Future<Buffer>> wrapping = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            wrapping.add(keks.wrap(1, KEY, new byte[] {(byte) i}));
        }
        await(Future.all(wrapping));
        List<Future<byte[]>> unwrapping = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] place = {(byte) (i == 77 ? 78 : i)};
            unwrapping.add(keks.unwrap(1, wrapping.get(i).result(), place));
        }
        await(Future.join(unwrapping).otherwiseEmpty());
        for (int i = 0; i < 200; i++) {
            if (i == 77) {
                assertThat(reason(unwrapping.get(i))).isEqualTo(Reason.NOT_AUTHENTIC);
            } else {
                assertThat(unwrapping.get(i).result()).isEqualTo(KEY);
            }
        }
        assertThat(stub.asked.stream().filter(path -> path.contains("crypt"))).hasSizeLessThan(60);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"WELL", "HANGING"},
            mode = EnumSource.Mode.EXCLUDE)
    void anEngineThatIsUnwellIsAwayAndNeverAnEmptyKey(Mood mood) {
        Buffer wrapped = await(keks.wrap(1, KEY, PLACE));
        stub.mood = mood;
        List<Future<?>> asked =
                List.of(keks.unwrap(1, wrapped, PLACE), keks.wrap(1, KEY, PLACE), keks.epochs(), keks.turn(1));
        for (Future<?> each : asked) {
            assertThatThrownBy(() -> await(each)).isInstanceOf(Unavailable.class);
        }
        stub.mood = Mood.WELL;
        assertThat(await(keks.unwrap(1, wrapped, PLACE))).as("and well again").isEqualTo(KEY);
    }

    @Test
    void anEngineThatHangsIsNotWaitedFor() {
        stub.mood = Mood.HANGING;
        assertThatThrownBy(() -> open(stub.settings(TransitStub.TOKEN, Optional.empty(), Duration.ofMillis(300))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void anEngineThatIsNotThereIsAway() {
        Buffer wrapped = await(keks.wrap(1, KEY, PLACE));
        stub.close();
        assertThatThrownBy(() -> await(keks.unwrap(1, wrapped, PLACE))).isInstanceOf(Unavailable.class);
        stub = new TransitStub(vertx, InstantSource.fixed(MADE));
    }

    @Test
    void aWrongTokenAndAnotherNamespaceOpenNothing() {
        assertThatThrownBy(() -> open(settings("hvs.other", Optional.empty()))).isInstanceOf(Unavailable.class);
        stub.namespace = "team-a";
        assertThatThrownBy(() -> open(settings(TransitStub.TOKEN, Optional.of("team-b"))))
                .isInstanceOf(Unavailable.class);
        TransitKeks ours = open(settings(TransitStub.TOKEN, Optional.of("team-a")));
        assertThat(ours.currentEpoch()).isEqualTo(1);
        await(ours.close());
    }

    @Test
    void aKeyThatCouldBeCopiedOrIsOfAnotherKindIsRefused() {
        stub.isExportable = true;
        assertThatThrownBy(() -> open(settings(TransitStub.TOKEN, Optional.empty())))
                .hasMessageContaining("could not be promised");
        stub.isExportable = false;
        stub.type = "chacha20-poly1305";
        assertThatThrownBy(() -> open(settings(TransitStub.TOKEN, Optional.empty())))
                .hasMessageContaining("chacha20-poly1305");
    }

    @Test
    void settingsShowNoToken() {
        assertThat(settings(TransitStub.TOKEN, Optional.empty()).toString()).doesNotContain(TransitStub.TOKEN);
    }

    private TransitSettings settings(String token, Optional<String> namespace) {
        return stub.settings(token, namespace, TransitStub.PATIENCE);
    }

    private static TransitKeks open(TransitSettings settings) {
        return await(TransitKeks.open(vertx, settings, new SimpleMeterRegistry()));
    }

    private static Reason reason(Future<?> failing) {
        try {
            await(failing);
        } catch (KeyNotUsable refused) {
            return refused.reason();
        }
        throw new AssertionError("opened what should have stayed closed");
    }
}
