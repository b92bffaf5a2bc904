package io.sluice.vault;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Lease;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyKernel;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Question;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Wants;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A vault on a database and a keystore, a law under which it is asked, and a clock that stands until it is turned. */
public final class Strongroom {

    static final Field<String> NAME = Field.personal(2, "delivery.name", Level.P2, Owner.ADDRESSEE);
    static final Field<String> STREET = Field.personal(3, "delivery.line1", Level.P2, Owner.ADDRESSEE);
    static final Field<String> EMAIL = Field.personal(4, "contact.email", Level.P2, Owner.BUYER);

    static final String HOME = "eu";

    static final VaultSettings QUICK = VaultSettings.keeping(1000).leasing(Duration.ofMillis(400));

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final FieldSet ALL = FieldSet.of(NAME, STREET, EMAIL);
    private static final Contract HAND_OVER = new Contract(
            "carrier.dispatch",
            Purpose.SHIPMENT,
            new Wants(FieldSet.NONE, ALL, ALL),
            Wants.NOTHING,
            Contract.Logging.BEFORE,
            Optional.empty());
    private static final Policy LAW = new Policy(
            "test",
            NOW,
            NOW,
            Catalogue.of(List.of(NAME, STREET, EMAIL)),
            Map.of(HAND_OVER.address(), HAND_OVER),
            Map.of());

    final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final LongSupplier time;
    private final InstantSource clock;
    /** As a node has them; two meters whose names collide there fail the test that made them. */
    final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    final Database database;
    final Vault vault;
    /** Who is at home elsewhere than in {@link #HOME}. */
    final Map<SubjectId, String> homes = new ConcurrentHashMap<>();

    private final Map<String, RegionStore> stores;

    /** On a clock that stands. */
    Strongroom(Vertx vertx, DatabaseSettings settings, Keystore keystore) {
        this(vertx, settings, keystore.keks(vertx, InstantSource.fixed(NOW)), InstantSource.fixed(NOW));
    }

    /** On a wall clock of the test's; what measures leases stands. */
    Strongroom(Vertx vertx, DatabaseSettings settings, KekProvider keks, InstantSource clock) {
        this(vertx, Map.of(HOME, new RegionStore(Database.open(vertx, settings), keks)), clock);
    }

    /** With stores of several regions. */
    Strongroom(Vertx vertx, Map<String, RegionStore> stores, InstantSource clock) {
        this.time = nanos::get;
        this.clock = clock;
        this.stores = stores;
        this.database = Objects.requireNonNull(stores.get(HOME)).database();
        this.vault = new Vault(vertx, stores, clock, time, meters, QUICK);
        await(vault.listening());
    }

    /** Whose leases run out as they do in earnest. */
    static Strongroom inEarnest(Vertx vertx, DatabaseSettings settings, Keystore keystore) {
        return new Strongroom(vertx, settings, keystore, System::nanoTime);
    }

    private Strongroom(Vertx vertx, DatabaseSettings settings, Keystore keystore, LongSupplier time) {
        this.clock = InstantSource.fixed(NOW);
        this.time = time;
        this.database = Database.open(vertx, settings);
        this.stores = Map.of(HOME, new RegionStore(database, keystore.keks(vertx, clock)));
        this.vault = new Vault(vertx, stores, clock, time, meters, QUICK);
        await(vault.listening());
    }

    static SubjectId somebody() {
        return new SubjectId(UUID.randomUUID());
    }

    private String home(SubjectId person) {
        return homes.getOrDefault(person, HOME);
    }

    Sealer sealer(SubjectId owner) {
        return await(vault.sealerFor(home(owner), owner));
    }

    /** Seals the field of a person who gets a key for it if need be. */
    Item item(SubjectId owner, Field<String> field, UUID record, String value) {
        await(vault.createKeys(home(owner), List.of(owner)));
        return new Item(owner, field, record, sealer(owner).seal(record, field, value));
    }

    static Item moved(Item item, SubjectId owner, Field<String> field, UUID record) {
        return new Item(owner, field, record, item.sealed());
    }

    static Item holding(Item item, Sealed sealed) {
        return new Item(item.owner(), item.field(), item.record(), sealed);
    }

    Permit permit(SubjectId buyer, UUID record, Field<?>... opens) {
        return permit(buyer, null, record, opens);
    }

    /** The right to open these fields, as of now. */
    Permit permit(SubjectId buyer, @Nullable SubjectId addressee, UUID record, Field<?>... opens) {
        Question question = new Question(
                HAND_OVER.address(),
                false,
                Purpose.SHIPMENT,
                new Wants(FieldSet.NONE, FieldSet.of(opens), FieldSet.NONE),
                ALL,
                snapshot(buyer),
                addressee == null ? null : snapshot(addressee),
                addressee != null,
                record,
                clock.instant().plusSeconds(5),
                clock.instant(),
                time.getAsLong());
        return (Permit) PrivacyKernel.decide(LAW, question);
    }

    private SubjectSnapshot snapshot(SubjectId subject) {
        return new SubjectSnapshot(
                subject,
                1,
                -1,
                Map.of(),
                false,
                0,
                0,
                home(subject),
                Lease.of(clock.instant(), time.getAsLong(), Duration.ofSeconds(3)));
    }

    List<String> open(Permit permit, Item... items) {
        return await(vault.open(permit, List.of(items))).stream()
                .map(Plain::reveal)
                .toList();
    }

    /** Why the items did not open. */
    FieldNotOpened.Reason refusal(Permit permit, Item... items) {
        Future<?> opened = vault.open(permit, List.of(items));
        try {
            await(opened);
        } catch (FieldNotOpened refused) {
            return refused.reason();
        }
        throw new AssertionError("opened what should have stayed closed");
    }

    double count(String meter, String... tags) {
        return meters.counter(meter, tags).count();
    }

    void close() {
        await(vault.close());
        stores.values().forEach(store -> await(store.database().close()));
    }

    public static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing came within thirty seconds", late);
        }
    }
}
