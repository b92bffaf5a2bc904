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
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes persons' keys, seals for whoever brings a value, and opens for a permit and nothing else.
 *
 * <p>May be called from any context; answers come back on the caller's. Nothing here blocks, and no answer holds more of the
 * cause of a failure than its reason.
 */
public final class Vault implements FieldOpener {

    private final Vertx vertx;
    private final Database database;
    private final KekProvider keks;
    private final InstantSource clock;
    private final SubjectKeys keys;
    private final Holds holds;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final Alerts alerts;
    private final Counter opened;
    private final Counter sealed;

    /**
     * @param database the key store: another database than the one of the ciphertexts
     * @param nanoTime monotonic time, the same that decisions are stamped with
     */
    public Vault(
            Vertx vertx,
            Database database,
            KekProvider keks,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            VaultSettings settings) {
        this.vertx = vertx;
        this.database = database;
        this.keks = keks;
        this.clock = clock;
        this.keys = new SubjectKeys(vertx, database, keks, clock, nanoTime, meters, settings);
        this.holds = new Holds(database, clock);
        this.alerts = new Alerts(meters);
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.opened = meters.counter("sluice.vault.opened");
        this.sealed = meters.counter("sluice.vault.sealed");
    }

    /**
     * Makes a key for everyone of these who has none, durably; who has one keeps it. A shredded key is not made again. Fails
     * with {@link Unavailable} if the key store is away or the queue is full; it may be called again then.
     */
    public Future<Void> createKeys(List<SubjectId> subjects) {
        return subjects.isEmpty() ? Future.succeededFuture() : keys.create(subjects);
    }

    /** Seals for this person. Fails with {@link KeyNotUsable} if the person has no key, {@link Unavailable} if none can be had. */
    public Future<Sealer> sealerFor(SubjectId owner) {
        return keys.of(owner)
                .map(leased -> new Sealer(leased.keyring().newest(), sealed))
                .onFailure(cause -> count("seal", cause));
    }

    /**
     * Destroys the person's key. Once this has returned, no node opens anything by it any more; what was sealed opens from
     * no backup either after the {@linkplain EpochSettings#erasureHorizon() erasure horizon}. The person never
     * gets another key. May be called again, and for who never had a key. Takes as long as nodes may go by what they keep.
     * Fails with {@link Unavailable} if the key store is away: then call it again.
     */
    public Future<Void> shred(SubjectId person) {
        return keys.shred(person).onFailure(cause -> count("shred", cause));
    }

    /** Whether this person had a key that was destroyed. */
    public Future<Boolean> isShredded(SubjectId person) {
        return keys.of(person)
                .map(there -> false)
                .recover(cause -> cause instanceof KeyNotUsable notUsable // answers the question
                        ? Future.succeededFuture(notUsable.reason() == KeyNotUsable.Reason.SHREDDED)
                        : Future.failedFuture(cause));
    }

    /**
     * Where what the law keeps is sealed: a key of its own for this reason until the end of this day (UTC), made if it is
     * not there. The day after, upkeep shreds it.
     *
     * @param reason as the law names it, such as {@code tax}; nothing of a person
     * @throws IllegalArgumentException if the day is over
     */
    public Future<Hold> hold(String reason, LocalDate until) {
        return holds.of(reason, until)
                .compose(hold -> keys.create(List.of(hold.id())).map(made -> hold));
    }

    /**
     * Seals fields again, from their persons' keys to the hold's: what comes back, in the items' order, survives the shredding
     * of the person and still opens in its own place only, for a permit that grants it. All or none. Nothing is shown: it needs
     * no permit.
     */
    public Future<List<Sealed>> reseal(Hold hold, List<Item> items) {
        return keys.of(hold.id())
                .compose(holding -> keyrings(items)
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

    /** What looks after the keys; for a {@link KeyUpkeepVerticle}, or a command. */
    public KeyUpkeep upkeep(EpochSettings epochs) {
        return new KeyUpkeep(vertx, database, keks, holds, keys::shred, clock, epochs, meters);
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
                ? keyrings(items)
                : notOpened(FieldNotOpened.Reason.NOT_GRANTED);
    }

    private Future<List<Leased>> keyrings(List<Item> items) {
        List<Future<Leased>> keyrings = new ArrayList<>(items.size());
        Map<SubjectId, Future<Leased>> asked = new HashMap<>();
        try {
            for (Item item : items) {
                SubjectId keeper = SealedHead.of(item.sealed()).keeper(item.owner());
                keyrings.add(asked.computeIfAbsent(keeper, keys::of));
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
        return keys.listening();
    }

    /** Writes the keys that wait to be written, and forgets all that are unwrapped. */
    public Future<Void> close() {
        return keys.close();
    }
}
