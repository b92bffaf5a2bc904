package io.sluice.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.GroupRead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Persons' keys: made once, loaded together with others, kept unwrapped for a while. */
final class SubjectKeys {

    private static final int FIRST_VERSION = 1;

    private final KekProvider keks;
    private final SecureRandom random = new SecureRandom();
    private final Cache<SubjectId, Keyring> cache;
    private final GroupRead<SubjectId, List<KeyRows.Stored>> load;
    private final GroupCommit<List<NewKey>, Set<SubjectId>> create;
    private final Counter cached;
    private final Counter loaded;
    private final Counter created;

    SubjectKeys(
            Vertx vertx,
            Database database,
            KekProvider keks,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            VaultSettings settings) {
        this.keks = keks;
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
                "subject-keys",
                loading.statements(),
                loading.batch(),
                loading.queue(),
                subjects -> rows.read(database, subjects));
        this.create = new GroupCommit<>(
                vertx, database, "subject-keys", settings.creating(), rows::inserting, List.of(), meters);
        this.cached = meters.counter("sluice.vault.keys", "from", "cache");
        this.loaded = meters.counter("sluice.vault.keys", "from", "database");
        // not ".created": Prometheus keeps that ending for itself and would cut it off, to a name that is taken
        this.created = meters.counter("sluice.vault.keys.made");
    }

    /** The person's keys. Fails with {@link KeyNotUsable} if there are none that open. */
    Future<Keyring> of(SubjectId subject) {
        Keyring known = cache.getIfPresent(subject);
        if (known != null) {
            cached.increment();
            return Future.succeededFuture(known);
        }
        return load.get(subject)
                .compose(found -> found.isEmpty()
                        ? Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.MISSING))
                        : unwrap(subject, found.get()));
    }

    private Future<Keyring> unwrap(SubjectId subject, List<KeyRows.Stored> rows) {
        List<Future<SubjectKey>> keys = new ArrayList<>(rows.size());
        for (KeyRows.Stored row : rows) {
            Buffer wrapped = row.wrapped();
            if (wrapped == null) {
                return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.SHREDDED));
            }
            keys.add(keks.unwrap(row.kekEpoch(), wrapped, place(subject, row.version()))
                    .map(key -> ready(subject, row.version(), key)));
        }
        return Future.all(keys).map(all -> {
            Keyring keyring = new Keyring(all.list());
            cache.put(subject, keyring);
            loaded.increment();
            return keyring;
        });
    }

    /** Makes a key for everyone who has none. */
    Future<Void> create(List<SubjectId> subjects) {
        List<Future<NewKey>> wrapping =
                subjects.stream().distinct().map(this::make).toList();
        return Future.all(wrapping).compose(all -> {
            List<NewKey> keys = all.list();
            return create.submit(keys, List.of())
                    .onSuccess(made -> keep(keys, made))
                    .mapEmpty();
        });
    }

    private Future<NewKey> make(SubjectId subject) {
        byte[] key = new byte[SubjectKey.LENGTH];
        random.nextBytes(key);
        int epoch = keks.currentEpoch();
        return keks.wrap(epoch, key, place(subject, FIRST_VERSION))
                .map(wrapped -> new NewKey(subject, FIRST_VERSION, epoch, wrapped, ready(subject, FIRST_VERSION, key)));
    }

    private void keep(List<NewKey> keys, Set<SubjectId> made) {
        Map<SubjectId, Keyring> mine = keys.stream()
                .filter(key -> made.contains(key.subject()))
                .collect(Collectors.toMap(NewKey::subject, key -> new Keyring(List.of(key.key()))));
        cache.putAll(mine);
        created.increment(mine.size());
    }

    private static SubjectKey ready(SubjectId subject, int version, byte[] key) {
        SubjectKey ready = new SubjectKey(subject, version, key);
        Arrays.fill(key, (byte) 0);
        return ready;
    }

    private static byte[] place(SubjectId subject, int version) {
        return ByteBuffer.allocate(20)
                .putLong(subject.value().getMostSignificantBits())
                .putLong(subject.value().getLeastSignificantBits())
                .putInt(version)
                .array();
    }

    /** Writes what waits, and forgets every key. */
    Future<Void> close() {
        return create.close().onComplete(closed -> cache.invalidateAll());
    }
}
