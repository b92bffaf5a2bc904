package io.sluice.vault;

import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.transit.TransitKeks;
import io.sluice.vault.transit.TransitStub;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vault whose key-encryption keys are in a transit engine. */
final class TransitEpochsIT {

    private static final Duration GRACE = Duration.ofDays(7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final UUID order = UUID.randomUUID();
    private final DatabaseSettings settings = PostgresFixture.freshDatabase("vault");
    private Vertx vertx;
    private TransitStub stub;
    private TransitKeks keks;
    private Strongroom room;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        stub = new TransitStub(vertx, now::get);
        keks = node();
        room = new Strongroom(vertx, settings, keks, now::get);
    }

    @AfterEach
    void close() {
        room.close();
        await(keks.close());
        stub.close();
        await(vertx.close());
    }

    @Test
    @Clause("B3")
    void livingKeysMoveToTheNextVersionAndTheOldOneIsTrimmed() {
        List<Item> items =
                List.of(room.item(somebody(), NAME, order, "one"), room.item(somebody(), NAME, order, "two"));
        KeyUpkeep upkeep =
                room.vault.upkeep(EpochSettings.of(Duration.ofDays(1), GRACE)).getFirst();
        pass(upkeep, Duration.ofDays(1));
        assertThat(await(upkeep.standing()))
                .extracting(KeyUpkeep.Standing::living)
                .containsExactly(0L, 2L);
        pass(upkeep, GRACE);
        assertThat(await(keks.epochs())).extracting(KekEpoch::number).containsExactly(2, 3);
        TransitKeks other = node();
        Strongroom restarted = new Strongroom(vertx, settings, other, now::get);
        for (Item item : items) {
            assertThat(restarted.open(restarted.permit(item.owner(), order, NAME), item))
                    .hasSize(1);
        }
        restarted.close();
        await(other.close());
    }

    @Test
    void anEngineThatIsAwayOpensNothingAndIsNoRefusal() {
        Item item = room.item(somebody(), NAME, order, "one");
        TransitKeks other = node();
        Strongroom restarted = new Strongroom(vertx, settings, other, now::get);
        stub.mood = TransitStub.Mood.SEALED;
        assertThatThrownBy(() -> restarted.open(restarted.permit(item.owner(), order, NAME), item))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> await(restarted.vault.createKeys(HOME, List.of(somebody()))))
                .isInstanceOf(Unavailable.class);
        stub.mood = TransitStub.Mood.WELL;
        assertThat(restarted.open(restarted.permit(item.owner(), order, NAME), item))
                .hasSize(1);
        restarted.close();
        await(other.close());
    }

    private TransitKeks node() {
        return await(TransitKeks.open(
                vertx,
                stub.settings(TransitStub.TOKEN, Optional.empty(), TransitStub.PATIENCE),
                new SimpleMeterRegistry()));
    }

    private void pass(KeyUpkeep upkeep, Duration later) {
        now.updateAndGet(at -> at.plus(later));
        assertThat(await(upkeep.pass())).isTrue();
    }
}
