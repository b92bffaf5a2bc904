package io.sluice.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.GroupRead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Keys of persons and holds: made once, loaded together with others, kept unwrapped for a while, forgotten when shredded. */
final class SubjectKeys {

    private static final int FIRST_VERSION = 1;

    private final KekProvider keks;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final Cache<SubjectId, Keyring> cache;
    private final GroupRead<SubjectId, List<KeyRows.Stored>> load;
    private final GroupCommit<List<NewKey>, Set<SubjectId>> create;
    private final GroupCommit<SubjectId, Boolean> shred;
    private final ShredWatch watch;
    private final Counter cached;
    private final Counter loaded;
    private final Counter created;
    private final Counter shredded;

    SubjectKeys(
            Vertx vertx,
            String region,
            RegionStore store,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            VaultSettings settings) {
        Database database = store.database();
        this.keks = store.keks();
        this.nanoTime = nanoTime;
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.cachedKeys())
                .expireAfterWrite(settings.cachedFor())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        KeyRows rows = new KeyRows(clock);
        VaultSettings.Loading loading = settings.loading();
        this.load = new GroupRead<>(
                vertx,
                "subject-keys-" + region,
                loading.statements(),
                loading.batch(),
                loading.queue(),
                subjects -> rows.read(database, subjects));
        this.create = new GroupCommit<>(
                vertx, database, "subject-keys-" + region, settings.creating(), rows::inserting, List.of(), meters);
        this.shred = new GroupCommit<>(
                vertx,
                database,
                "shredding-" + region,
                // in one lane: all of them wait for the one count
                new GroupCommit.Limits(
                        1, settings.creating().maxBatch(), settings.creating().maxQueue()),
                new Shredding(clock),
                List.of(),
                meters);
        this.watch = new ShredWatch(
                vertx, database, nanoTime, settings.shredLease(), cache::invalidate, cache::invalidateAll);
        this.cached = meters.counter("sluice.vault.keys", "from", "cache");
        this.loaded = meters.counter("sluice.vault.keys", "from", "database");
        // not ".created": Prometheus keeps that ending for itself and would cut it off, to a name that is taken
        this.created = meters.counter("sluice.vault.keys.made");
        this.shredded = meters.counter("sluice.vault.keys.shredded");
    }

    /** The keys of a person or a hold. Fails with {@link KeyNotUsable} if there are none that open. */
    Future<Leased> of(SubjectId subject) {
        // asked for first: what is found afterwards has not been forgotten by then
        long until = watch.goodUntil();
        Keyring known = cache.getIfPresent(subject);
        if (known != null && nanoTime.getAsLong() - until < 0) {
            cached.increment();
            return Future.succeededFuture(new Leased(known, until));
        }
        return load(subject);
    }

    private Future<Leased> load(SubjectId subject) {
        long forgotten = watch.forgotten();
        // taken before the question is sent, so that the lease errs on the short side
        long until = watch.leaseFromNow();
        return rows(subject)
                .compose(rows -> unwrap(subject, rows)
                        .recover(cause -> isGone(cause) ? unwrapAnew(subject, rows) : Future.failedFuture(cause)))
                .map(keyring -> {
                    keep(Map.of(subject, keyring), forgotten);
                    loaded.increment();
                    return new Leased(keyring, until);
                });
    }

    private Future<List<KeyRows.Stored>> rows(SubjectId subject) {
        return load.get(subject)
                .compose(found -> found.isEmpty()
                        ? Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.MISSING))
                        : Future.succeededFuture(found.get()));
    }

    /** While a row was in hand, its key may have been wrapped anew and the epoch destroyed: then there is another row. */
    private Future<Keyring> unwrapAnew(SubjectId subject, List<KeyRows.Stored> before) {
        return rows(subject)
                .compose(now -> now.equals(before)
                        ? Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.EPOCH_GONE))
                        : unwrap(subject, now));
    }

    private Future<Keyring> unwrap(SubjectId subject, List<KeyRows.Stored> rows) {
        List<Future<SubjectKey>> keys = new ArrayList<>(rows.size());
        for (KeyRows.Stored row : rows) {
            Buffer wrapped = row.wrapped();
            if (wrapped == null) {
                return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.SHREDDED));
            }
            keys.add(keks.unwrap(row.kekEpoch(), wrapped, KeyRows.place(subject, row.version()))
                    .map(key -> ready(subject, row.version(), key)));
        }
        return Future.all(keys).map(all -> new Keyring(all.list()));
    }

    /** Makes a key for everyone who has none. */
    Future<Void> create(List<SubjectId> subjects) {
        List<SubjectId> distinct = subjects.stream().distinct().toList();
        return tryCreate(distinct)
                // nothing was written; after so long a sleep the node has to ask which epoch it is
                .recover(cause -> isGone(cause)
                        ? keks.epochs().compose(asked -> tryCreate(distinct))
                        : Future.failedFuture(cause))
                .recover(cause -> Future.failedFuture(isGone(cause) ? new Unavailable("kek epoch") : cause));
    }

    private Future<Void> tryCreate(List<SubjectId> subjects) {
        long forgotten = watch.forgotten();
        List<Future<NewKey>> wrapping = subjects.stream().map(this::make).toList();
        return Future.all(wrapping).compose(all -> {
            List<NewKey> keys = all.list();
            return create.submit(keys, List.of())
                    .onSuccess(made -> keepMade(keys, made, forgotten))
                    .mapEmpty();
        });
    }

    private static boolean isGone(Throwable cause) {
        return KeyRows.isOfDestroyedEpoch(cause)
                || cause instanceof KeyNotUsable notUsable && notUsable.reason() == KeyNotUsable.Reason.EPOCH_GONE;
    }

    private Future<NewKey> make(SubjectId subject) {
        byte[] key = new byte[SubjectKey.LENGTH];
        random.nextBytes(key);
        int epoch = keks.currentEpoch();
        return keks.wrap(epoch, key, KeyRows.place(subject, FIRST_VERSION))
                .map(wrapped -> new NewKey(subject, FIRST_VERSION, epoch, wrapped, ready(subject, FIRST_VERSION, key)));
    }

    private void keepMade(List<NewKey> keys, Set<SubjectId> made, long forgotten) {
        Map<SubjectId, Keyring> mine = keys.stream()
                .filter(key -> made.contains(key.subject()))
                .collect(Collectors.toMap(NewKey::subject, key -> new Keyring(List.of(key.key()))));
        keep(mine, forgotten);
        created.increment(mine.size());
    }

    /**
     * Keeps what nobody has been told to forget since it was asked for. Compared where the cache holds the person's entry: who
     * is told to forget it now waits, and then takes away what is kept here.
     */
    private void keep(Map<SubjectId, Keyring> keys, long forgotten) {
        keys.forEach((subject, keyring) ->
                cache.asMap().compute(subject, (same, kept) -> watch.forgotten() == forgotten ? keyring : kept));
    }

    private static SubjectKey ready(SubjectId subject, int version, byte[] key) {
        SubjectKey ready = new SubjectKey(subject, version, key);
        Arrays.fill(key, (byte) 0);
        return ready;
    }

    /** Destroys the wrapped key and waits until no node has it in memory. */
    Future<Void> shred(SubjectId subject) {
        return shred.submit(subject, List.of())
                .onSuccess(gone -> {
                    cache.invalidate(subject);
                    shredded.increment();
                })
                .compose(gone -> watch.elsewhereForgotten());
    }

    /** Completes once it has asked who was shredded for the first time, and may use what it keeps. */
    Future<Void> listening() {
        return watch.started();
    }

    /** Writes what waits, and forgets every key. */
    Future<Void> close() {
        watch.close();
        return Future.join(create.close(), shred.close()).<Void>mapEmpty().onComplete(closed -> cache.invalidateAll());
    }
}
