package io.sluice.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes persons' keys, seals for whoever brings a value, and opens for a permit and nothing else.
 *
 * <p>There is a store of keys for each region. A person is at home in one, which their {@linkplain SubjectSnapshot#region()
 * row} names: their keys, and those of what is held of them, rest there and nowhere else (clause B3). If that store is away, it
 * is away for them alone; a region that has no store here is {@link Unavailable}, and told as an alert.
 *
 * <p>May be called from any context; answers come back on the caller's. Nothing here blocks, and no answer holds more of the
 * cause of a failure than its reason.
 */
public final class Vault implements FieldOpener {

    private final Vertx vertx;
    private final Map<String, RegionKeys> regions;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final Alerts alerts;
    private final Counter opened;
    private final Counter sealed;

    /**
     * @param stores by region
     * @param nanoTime monotonic time, the same that decisions are stamped with
     */
    public Vault(
            Vertx vertx,
            Map<String, RegionStore> stores,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            VaultSettings settings) {
        this.vertx = vertx;
        this.clock = clock;
        this.regions = new TreeMap<>();
        stores.forEach((region, store) -> regions.put(
                region,
                new RegionKeys(
                        region,
                        store,
                        new SubjectKeys(vertx, region, store, clock, nanoTime, meters, settings),
                        new Holds(region, store.database(), clock))));
        this.alerts = new Alerts(meters);
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.opened = meters.counter("sluice.vault.opened");
        this.sealed = meters.counter("sluice.vault.sealed");
    }

    /**
     * Makes a key for everyone of these who has none, durably, in their home region's store; who has one there keeps it. A shredded
     * key is not made again. Fails with {@link Unavailable} if the key store is away or the queue is full; it may be called again
     * then.
     */
    public Future<Void> createKeys(String region, List<SubjectId> subjects) {
        return subjects.isEmpty()
                ? Future.succeededFuture()
                : in(region).compose(home -> home.keys().create(subjects));
    }

    /** Seals for this person. Fails with {@link KeyNotUsable} if the person has no key, {@link Unavailable} if none can be had. */
    public Future<Sealer> sealerFor(String region, SubjectId owner) {
        return in(region)
                .compose(home -> home.keys().of(owner))
                .map(leased -> new Sealer(leased.keyring().newest(), sealed))
                .onFailure(cause -> count("seal", cause));
    }

    /**
     * Destroys the person's key. Once this has returned, no node opens anything by it any more; what was sealed opens from
     * no backup either after the {@linkplain EpochSettings#erasureHorizon() erasure horizon}. The person never
     * gets another key. May be called again, and for who never had a key. Takes as long as nodes may go by what they keep.
     * Fails with {@link Unavailable} if the key store is away: then call it again.
     */
    public Future<Void> shred(String region, SubjectId person) {
        return in(region).compose(home -> home.keys().shred(person)).onFailure(cause -> count("shred", cause));
    }

    /** Whether this person had a key that was destroyed. */
    public Future<Boolean> isShredded(String region, SubjectId person) {
        return in(region)
                .compose(home -> home.keys().of(person))
                .map(there -> false)
                .recover(cause -> cause instanceof KeyNotUsable notUsable // answers the question
                        ? Future.succeededFuture(notUsable.reason() == KeyNotUsable.Reason.SHREDDED)
                        : Future.failedFuture(cause));
    }

    /**
     * Where what the law keeps is sealed: a key of its own for this reason until the end of this day (UTC), made if it is
     * not there. The day after, upkeep shreds it.
     *
     * @param region home of whose fields it is to hold
     * @param reason as the law names it, such as {@code tax}; nothing of a person
     * @throws IllegalArgumentException if the day is over
     */
    public Future<Hold> hold(String region, String reason, LocalDate until) {
        return in(region)
                .compose(home -> home.holds()
                        .of(reason, until)
                        .compose(hold -> home.keys().create(List.of(hold.id())).map(made -> hold)));
    }

    /**
     * Seals fields again, from the keys of persons who are at home where the hold is, to the hold's: what comes back, in the
     * items' order, survives the shredding of the person and still opens in its own place only, for a permit that grants it. All
     * or none. Nothing is shown: it needs no permit.
     */
    public Future<List<Sealed>> reseal(Hold hold, List<Item> items) {
        return in(hold.region())
                .compose(home -> home.keys().of(hold.id()))
                .compose(holding -> keyrings(items, item -> hold.region())
                        .compose(owners -> {
                            List<Leased> all = new ArrayList<>(owners);
                            all.add(holding);
                            return inTime(all);
                        })
                        .compose(leased -> resealed(holding.keyring().newest(), items, leased)))
                .onFailure(cause -> {
                    count("reseal", cause);
                    alertOf(cause, "hold");
                });
    }

    /** What looks after the keys of each region; for a {@link KeyUpkeepVerticle}, or a command. */
    public List<KeyUpkeep> upkeep(EpochSettings epochs) {
        return regions.values().stream()
                .map(home -> new KeyUpkeep(vertx, home, clock, epochs, meters))
                .toList();
    }

    private Future<RegionKeys> in(String region) {
        RegionKeys home = regions.get(region);
        if (home == null) {
            alerts.raise(Alerts.Alert.NO_STORE, "REGION_UNKNOWN", region);
            return Future.failedFuture(new Unavailable("key store of region " + region));
        }
        return Future.succeededFuture(home);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The permit is used up last, after the keys have been fetched, so that what it says holds at the moment of opening; it
     * is used up by a failure too. Fails with {@link FieldNotOpened} for good; with {@link PermitLapsed}, or {@link Unavailable} if
     * the key store is away, for now.
     */
    @Override
    public Future<List<Plain<String>>> open(Permit permit, List<Item> items) {
        return fetched(permit, items)
                .transform(fetched -> {
                    boolean isGood = permit.redeem(clock.instant(), nanoTime.getAsLong());
                    if (fetched.failed()) {
                        return Future.<List<Plain<String>>>failedFuture(fetched.cause());
                    }
                    return isGood
                            ? inTime(fetched.result()).compose(keys -> opened(items, keys))
                            : Future.failedFuture(new PermitLapsed());
                })
                .onSuccess(values -> opened.increment(values.size()))
                .onFailure(cause -> {
                    count("open", cause);
                    alertOf(cause, permit.contract().address());
                });
    }

    /** Fetched long ago, a key may be that of somebody who was shredded since. */
    private Future<List<Leased>> inTime(List<Leased> keys) {
        long now = nanoTime.getAsLong();
        return keys.stream().allMatch(leased -> leased.isGoodAt(now))
                ? Future.succeededFuture(keys)
                : Future.failedFuture(new Unavailable("key lease"));
    }

    /** The owners' keys, in the items' order. */
    private Future<List<Leased>> fetched(Permit permit, List<Item> items) {
        return items.stream().allMatch(item -> grants(permit, item))
                ? keyrings(items, item -> home(permit, item))
                : notOpened(FieldNotOpened.Reason.NOT_GRANTED);
    }

    /** Where a granted item's owner is at home: {@link #grants} has seen to it that the permit knows them. */
    private static String home(Permit permit, Item item) {
        return Objects.requireNonNull(permit.of(item.field().owner())).region();
    }

    private Future<List<Leased>> keyrings(List<Item> items, Function<Item, String> homes) {
        List<Future<Leased>> keyrings = new ArrayList<>(items.size());
        Map<SubjectId, Future<Leased>> asked = new HashMap<>();
        try {
            for (Item item : items) {
                SubjectId keeper = SealedHead.of(item.sealed()).keeper(item.owner());
                keyrings.add(asked.computeIfAbsent(
                        keeper,
                        first -> in(homes.apply(item))
                                .compose(home -> home.keys().of(keeper))));
            }
        } catch (FieldNotOpened unknown) {
            return Future.failedFuture(unknown);
        }
        return Future.all(keyrings)
                .<List<Leased>>map(all -> all.list())
                .recover(cause -> cause instanceof KeyNotUsable notUsable // only renames it
                        ? Future.failedFuture(new FieldNotOpened(notUsable))
                        : Future.failedFuture(cause));
    }

    private static boolean grants(Permit permit, Item item) {
        SubjectSnapshot owner = permit.of(item.field().owner());
        return permit.granted().opens().contains(item.field())
                && owner != null
                && owner.subject().equals(item.owner())
                && item.record().equals(permit.record());
    }

    private static Future<List<Plain<String>>> opened(List<Item> items, List<Leased> keys) {
        List<Plain<String>> values = new ArrayList<>(items.size());
        try {
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                values.add(Plain.of(keys.get(i).keyring().of(item.sealed()).open(item)));
            }
        } catch (FieldNotOpened failed) {
            return Future.failedFuture(failed);
        }
        return Future.succeededFuture(values);
    }

    private static Future<List<Sealed>> resealed(SubjectKey hold, List<Item> items, List<Leased> keys) {
        List<Sealed> held = new ArrayList<>(items.size());
        try {
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                held.add(hold.reseal(keys.get(i).keyring().of(item.sealed()), item));
            }
        } catch (FieldNotOpened failed) {
            return Future.failedFuture(failed);
        }
        return Future.succeededFuture(held);
    }

    private static <T> Future<T> notOpened(FieldNotOpened.Reason reason) {
        return Future.failedFuture(new FieldNotOpened(reason));
    }

    /** What no fault and no erasure explains, somebody has brought about. */
    private void alertOf(Throwable cause, String where) {
        if (cause instanceof FieldNotOpened notOpened && notOpened.isSuspect()) {
            alerts.raise(Alerts.Alert.NOT_OPENED, notOpened.reason().name(), where);
        }
    }

    private void count(String act, Throwable cause) {
        String reason = switch (cause) {
            case FieldNotOpened notOpened -> notOpened.reason().name();
            case KeyNotUsable notUsable -> notUsable.reason().name();
            case PermitLapsed lapsed -> "PERMIT_LAPSED";
            case Unavailable away -> "UNAVAILABLE";
            default -> "FAULT";
        };
        meters.counter("sluice.vault.failures", "act", act, "reason", reason).increment();
    }

    /** For tests that count what comes from memory: completes once anything may. */
    Future<Void> listening() {
        return all(SubjectKeys::listening);
    }

    /** Writes the keys that wait to be written, and forgets all that are unwrapped. */
    public Future<Void> close() {
        return all(SubjectKeys::close);
    }

    private Future<Void> all(Function<SubjectKeys, Future<Void>> act) {
        return Future.join(regions.values().stream()
                        .map(home -> act.apply(home.keys()))
                        .toList())
                .mapEmpty();
    }
}
