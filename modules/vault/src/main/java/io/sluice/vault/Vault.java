package io.sluice.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Makes persons' keys, seals for whoever brings a value, and opens for a permit and nothing else.
 *
 * <p>May be called from any context; answers come back on the caller's. Nothing here blocks, and no answer holds more of the
 * cause of a failure than its reason.
 */
public final class Vault implements FieldOpener {

    private final SubjectKeys keys;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
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
        this.keys = new SubjectKeys(vertx, database, keks, clock, nanoTime, meters, settings);
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
                .map(keyring -> new Sealer(keyring.newest(), sealed))
                .onFailure(cause -> count("seal", cause));
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
                    boolean isGood = permit.redeem(nanoTime.getAsLong());
                    if (fetched.failed()) {
                        return Future.<List<Plain<String>>>failedFuture(fetched.cause());
                    }
                    return isGood ? opened(items, fetched.result()) : Future.failedFuture(new PermitLapsed());
                })
                .onSuccess(values -> opened.increment(values.size()))
                .onFailure(cause -> count("open", cause));
    }

    /** The owners' keys, in the items' order. */
    private Future<List<Keyring>> fetched(Permit permit, List<Item> items) {
        if (!items.stream().allMatch(item -> grants(permit, item))) {
            return notOpened(FieldNotOpened.Reason.NOT_GRANTED);
        }
        List<Future<Keyring>> keyrings = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            boolean isSameOwner =
                    i > 0 && items.get(i).owner().equals(items.get(i - 1).owner());
            keyrings.add(isSameOwner ? keyrings.getLast() : keys.of(items.get(i).owner()));
        }
        return Future.all(keyrings)
                .<List<Keyring>>map(all -> all.list())
                .recover(cause -> cause instanceof KeyNotUsable // only renames it
                        ? notOpened(FieldNotOpened.Reason.KEY_NOT_USABLE)
                        : Future.failedFuture(cause));
    }

    private static boolean grants(Permit permit, Item item) {
        SubjectSnapshot owner = permit.of(item.field().owner());
        return permit.granted().opens().contains(item.field())
                && owner != null
                && owner.subject().equals(item.owner())
                && item.record().equals(permit.record());
    }

    private static Future<List<Plain<String>>> opened(List<Item> items, List<Keyring> keyrings) {
        List<Plain<String>> values = new ArrayList<>(items.size());
        try {
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                SubjectKey key = keyrings.get(i).of(item.sealed());
                values.add(Plain.of(key.open(item.record(), item.field(), item.sealed())));
            }
        } catch (FieldNotOpened failed) {
            return Future.failedFuture(failed);
        }
        return Future.succeededFuture(values);
    }

    private static <T> Future<T> notOpened(FieldNotOpened.Reason reason) {
        return Future.failedFuture(new FieldNotOpened(reason));
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

    /** Writes the keys that wait to be written, and forgets all that are unwrapped. */
    public Future<Void> close() {
        return keys.close();
    }
}
