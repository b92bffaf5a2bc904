package io.sluice.testkit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.FieldOpener;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardSettings;
import io.sluice.guard.LawInForce;
import io.sluice.guard.Snapshots;
import io.sluice.guard.UseLedger;
import io.sluice.kernel.Agreement;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Display;
import io.sluice.kernel.Lease;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Use;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A real guard on a real event bus, under a law that allows each of some addresses exactly what it declares, with ports in
 * memory: everybody is known and permits everything, leaves are kept in a list, and a ciphertext is its plain text.
 */
public final class LawfulBus {

    private static final String PARTNER = "partner";

    private final Guard guard;
    private final List<Use> leaves = new CopyOnWriteArrayList<>();

    private LawfulBus(Vertx vertx, Catalogue catalogue, List<Address<?, ?>> addresses) {
        Policy law = law(catalogue, addresses);
        guard = new Guard(
                vertx,
                catalogue,
                LawInForce.always(() -> law),
                everybody(),
                ledger(),
                opener(),
                InstantSource.system(),
                System::nanoTime,
                new SimpleMeterRegistry(),
                new GuardSettings(Duration.ofSeconds(5), 1000));
    }

    /** Opens the bus on this Vert.x; it ends with it. */
    public static LawfulBus on(Vertx vertx, Catalogue catalogue, List<Address<?, ?>> addresses) throws Exception {
        LawfulBus lawful = new LawfulBus(vertx, catalogue, addresses);
        String deployed = vertx.deployVerticle(lawful.guard.privacyVerticle()).await(10, TimeUnit.SECONDS);
        if (deployed.isEmpty()) {
            throw new IllegalStateException("the privacy verticle has no deployment");
        }
        return lawful;
    }

    public Bus bus() {
        return guard.bus();
    }

    /** Every use and refusal that was logged, in order. */
    public List<Use> leaves() {
        return List.copyOf(leaves);
    }

    /** What this bus's opener takes for the ciphertext of a text. */
    public static Sealed sealed(String plain) {
        return Sealed.of(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Policy law(Catalogue catalogue, List<Address<?, ?>> addresses) {
        Map<String, Contract> contracts = new HashMap<>();
        for (Address<?, ?> address : addresses) {
            Declared declared = address.declared();
            contracts.put(
                    address.name(),
                    new Contract(
                            address.name(),
                            address.purpose(),
                            declared.request(),
                            declared.reply(),
                            declared.effect() == Declared.Effect.TELLING
                                    ? Contract.Logging.ALWAYS
                                    : Contract.Logging.BEFORE,
                            declared.effect().isOutside() ? Optional.of(PARTNER) : Optional.empty(),
                            Optional.of(declared.shownTo())
                                    .filter(roles -> !roles.isEmpty())
                                    .map(Display::new)));
        }
        Agreement agreement = new Agreement(
                PARTNER, catalogue.personal(), Set.of(Purpose.values()), "local", Instant.EPOCH, Instant.MAX);
        return new Policy("test", Instant.EPOCH, Instant.EPOCH, catalogue, contracts, Map.of(PARTNER, agreement));
    }

    private static Snapshots everybody() {
        Lease lease = Lease.of(Instant.now(), System.nanoTime(), Duration.ofHours(1));
        return (SubjectId subject) -> Future.succeededFuture(
                Optional.of(new SubjectSnapshot(subject, 1, -1, Map.of(), false, 0, 0, "local", lease)));
    }

    private UseLedger ledger() {
        return new UseLedger() {
            @Override
            public Future<Void> append(Use use) {
                leaves.add(use);
                return Future.succeededFuture();
            }

            @Override
            public Rider rider(Use use) {
                throw new IllegalStateException("under this law every leaf comes before its delivery");
            }

            @Override
            public Future<Void> settle(Rider rider) {
                throw new IllegalStateException("under this law no leaf rides");
            }
        };
    }

    private static FieldOpener opener() {
        return (Permit permit, List<FieldOpener.Item> items) -> permit.redeem(Instant.now(), System.nanoTime())
                ? Future.succeededFuture(items.stream()
                        .map(item -> Plain.of(new String(item.sealed().bytes(), StandardCharsets.UTF_8)))
                        .toList())
                : Future.failedFuture(new IllegalStateException("permit spent"));
    }
}
