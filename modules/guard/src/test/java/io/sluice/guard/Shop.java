package io.sluice.guard;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Agreement;
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
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.Standing;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Use;
import io.sluice.kernel.ValueType;
import io.sluice.kernel.Wants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A guard on a real event bus, with a law of five addresses, and ports that remember what they were asked. */
final class Shop implements Snapshots, UseLedger, FieldOpener, AutoCloseable {

    static final Field<UUID> ORDER = Field.operational(0, "order.id", ValueType.ID);
    static final Field<Long> AMOUNT = Field.operational(1, "order.amount", ValueType.LONG);
    static final Field<String> NAME = Field.personal(2, "delivery.name", Level.P2, Owner.ADDRESSEE);
    static final Field<String> STREET = Field.personal(3, "delivery.line1", Level.P2, Owner.ADDRESSEE);
    static final Field<String> EMAIL = Field.personal(4, "contact.email", Level.P2, Owner.BUYER);
    static final Catalogue CATALOGUE = Catalogue.of(List.of(ORDER, AMOUNT, NAME, STREET, EMAIL));

    /** What the carrier's handler sees. */
    record Label(UUID order, Plain<String> name, @Nullable Plain<String> street) {}

    static final Address<Label, Long> DISPATCH = Address.of("carrier.dispatch", Purpose.SHIPMENT)
            .goesOutside()
            .reads(ORDER)
            .opens(NAME, STREET)
            .as(granted -> new Label(granted.read(ORDER), granted.opened(NAME), granted.openedOrNull(STREET)))
            .answersReading(AMOUNT)
            .as(granted -> granted.read(AMOUNT));

    static final Address<Sealed, Address.Done> PLACE = Address.of("order.place", Purpose.TRANSACTION_VERIFICATION)
            .commitsItsLeaf()
            .reads(ORDER)
            .carries(EMAIL)
            .as(granted -> granted.carried(EMAIL))
            .withoutAnswer();

    static final Address<UUID, Plain<String>> SHOW = Address.of("account.show", Purpose.CUSTOMER_ASSISTANCE)
            .reads(ORDER)
            .as(granted -> granted.read(ORDER))
            .answersOpening(EMAIL)
            .as(granted -> granted.opened(EMAIL));

    static final Address<UUID, Address.Done> TOLD = Address.of("order.told", Purpose.TRANSACTION_VERIFICATION)
            .reads(ORDER)
            .as(granted -> granted.read(ORDER))
            .withoutAnswer();

    static final Address<UUID, Address.Done> TELL = Address.of("carrier.tell", Purpose.SHIPMENT)
            .tellsOutside()
            .reads(ORDER)
            .as(granted -> granted.read(ORDER))
            .withoutAnswer();

    static final SubjectId BUYER = new SubjectId(new UUID(0, 1));
    static final SubjectId RECIPIENT = new SubjectId(new UUID(0, 2));
    static final UUID RECORD = new UUID(0, 3);

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Use> leaves = new CopyOnWriteArrayList<>();
    final Map<SubjectId, SubjectSnapshot> persons = new ConcurrentHashMap<>();
    volatile Policy law = law(Instant.now().plus(Duration.ofDays(1)));
    volatile List<Policy> announced = List.of();
    /** Happens whenever a person is looked up: before the decision. */
    volatile Runnable uponLookup = () -> {};

    volatile boolean ledgerIsAway;
    volatile Future<Void> ledgerPause = Future.succeededFuture();
    /** Happens whenever a leaf is to be written: after the decision, before the opening. */
    volatile Runnable uponLeaf = () -> {};
    /** How long the node has stood still so far. */
    volatile Duration standstill = Duration.ZERO;
    /** How long the node's machine has slept so far: its monotonic clock did, too. */
    volatile Duration sleep = Duration.ZERO;
    /** What the vault fails with, if it does. */
    volatile @Nullable RuntimeException vaultFails;

    final Guard guard = new Guard(
            vertx,
            CATALOGUE,
            new LawInForce() {
                @Override
                public Policy at(Instant now, long nowNanos) {
                    return law;
                }

                @Override
                public List<Policy> known() {
                    return Stream.concat(Stream.of(law), announced.stream()).toList();
                }
            },
            this,
            this,
            this,
            this::wallClock,
            this::nanoTime,
            meters,
            new GuardSettings(Duration.ofSeconds(5), 8));
    final String deployment;

    Shop() {
        knows(BUYER, -1);
        knows(RECIPIENT, -1);
        deployment = await(vertx.deployVerticle(guard.privacyVerticle()));
    }

    void knows(SubjectId subject, int permitted) {
        persons.put(
                subject,
                new SubjectSnapshot(
                        subject,
                        1,
                        permitted,
                        Map.of(),
                        false,
                        0,
                        0,
                        "EU",
                        Lease.of(Instant.now(), System.nanoTime(), Duration.ofHours(1))));
    }

    private long nanoTime() {
        return System.nanoTime() + standstill.toNanos();
    }

    private Instant wallClock() {
        return Instant.now().plus(sleep);
    }

    Bus bus() {
        return guard.bus();
    }

    static Policy law(Instant agreementEnds) {
        Contract dispatch = new Contract(
                DISPATCH.name(),
                DISPATCH.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.of(NAME, STREET), FieldSet.NONE),
                new Wants(FieldSet.of(AMOUNT), FieldSet.NONE, FieldSet.NONE),
                Contract.Logging.BEFORE,
                Optional.of("carrier"));
        Contract place = new Contract(
                PLACE.name(),
                PLACE.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.of(EMAIL)),
                Wants.NOTHING,
                Contract.Logging.RIDES,
                Optional.empty());
        Contract show = new Contract(
                SHOW.name(),
                SHOW.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.NONE),
                new Wants(FieldSet.NONE, FieldSet.of(EMAIL), FieldSet.NONE),
                Contract.Logging.BEFORE,
                Optional.empty());
        Contract told = new Contract(
                TOLD.name(),
                TOLD.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.NONE),
                Wants.NOTHING,
                Contract.Logging.BEFORE,
                Optional.empty());
        Contract tell = new Contract(
                TELL.name(),
                TELL.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.NONE),
                Wants.NOTHING,
                Contract.Logging.ALWAYS,
                Optional.of("carrier"));
        Agreement carrier = new Agreement(
                "carrier", FieldSet.of(NAME, STREET), Set.of(Purpose.SHIPMENT), "EU", Instant.EPOCH, agreementEnds);
        return new Policy(
                "test",
                Instant.EPOCH,
                Instant.EPOCH,
                CATALOGUE,
                Map.of(
                        dispatch.address(),
                        dispatch,
                        place.address(),
                        place,
                        show.address(),
                        show,
                        told.address(),
                        told,
                        tell.address(),
                        tell),
                Map.of("carrier", carrier));
    }

    /** Serves the carrier's address, and answers 42. */
    void serveDispatch(Consumer<Label> handler) {
        await(bus().serve(DISPATCH, delivery -> {
            handler.accept(delivery.view());
            return Future.succeededFuture(
                    Outcome.done(Parcel.plain().with(AMOUNT, 42L).with(ORDER, RECORD)));
        }));
    }

    /** A gift: the buyer's e-mail, the recipient's name and street, and an order. */
    static Parcel gift() {
        return Parcel.about(Parties.of(BUYER, RECIPIENT, RECORD))
                .with(ORDER, RECORD)
                .with(AMOUNT, 100L)
                .withSealed(NAME, sealed("Ada"))
                .withSealed(STREET, sealed("1 Analytical Row"))
                .withSealed(EMAIL, sealed("ada@example.org"));
    }

    static Sealed sealed(String text) {
        return Sealed.of(("sealed:" + text).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Future<Optional<SubjectSnapshot>> of(SubjectId subject) {
        uponLookup.run();
        return Future.succeededFuture(Optional.ofNullable(persons.get(subject)));
    }

    @Override
    public Future<Void> append(Use use) {
        uponLeaf.run();
        if (ledgerIsAway) {
            return Future.failedFuture(new io.sluice.kernel.Unavailable("ledger"));
        }
        return ledgerPause.map(waited -> {
            leaves.add(use);
            return null;
        });
    }

    /** A leaf that rides. Its transaction may be lost, with the leaf in it or not, and only the ledger knows which. */
    final class RidingLeaf implements Rider {
        private final Use use;
        private volatile boolean isWritten;
        private volatile boolean isCommitted;

        RidingLeaf(Use use) {
            this.use = use;
        }

        void written() {
            isWritten = true;
            leaves.add(use);
        }

        @Override
        public void committed() {
            written();
            isCommitted = true;
        }

        @Override
        public boolean isCommitted() {
            return isCommitted;
        }

        @Override
        public List<Standing> standings() {
            return use.standings();
        }
    }

    @Override
    public Rider rider(Use use) {
        uponLeaf.run();
        return new RidingLeaf(use);
    }

    @Override
    public Future<Void> settle(Rider rider) {
        RidingLeaf leaf = (RidingLeaf) rider;
        return leaf.isWritten && !ledgerIsAway ? Future.succeededFuture() : append(leaf.use);
    }

    @Override
    public Future<List<Plain<String>>> open(Permit permit, List<Item> items) {
        RuntimeException failure = vaultFails;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (!permit.redeem(wallClock(), nanoTime())) {
            return Future.failedFuture(new IllegalStateException("permit spent"));
        }
        return Future.succeededFuture(items.stream()
                .map(item -> Plain.of(item.owner() + "/" + item.field() + "/"
                        + new String(item.sealed().bytes(), StandardCharsets.UTF_8)))
                .toList());
    }

    /** Deliveries between arrival and answer. */
    int inHand() {
        return (int) meters.get("sluice.guard.in-hand").gauge().value();
    }

    double refused(PrivacyRefusal reason) {
        return meters.counter("sluice.guard.refusals", "reason", reason.code()).count();
    }

    double counted(String meter) {
        return meters.find(meter).counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
            throw new AssertionError("nothing came within ten seconds", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
