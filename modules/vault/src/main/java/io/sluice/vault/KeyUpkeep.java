package io.sluice.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.AdvisoryLock;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one region's keys: turns epochs, wraps living keys under the newest, ends holds, and destroys the
 * key-encryption keys of epochs that ended a grace ago and under which nothing lives.
 *
 * <p>One node at a time does it, under a lock of the key store's; two at once, after one was cut off, do each other no harm.
 * Nothing is ever destroyed that a living key needs: a key that cannot be wrapped anew keeps its epoch, and is told as an alert.
 */
public final class KeyUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);
    // of the key store's advisory locks; number 1 is the fence's
    private static final long LEADER = 2;

    private final String region;
    private final Database database;
    private final KekProvider keks;
    private final AgingKeys keys;
    private final Holds holds;
    private final Function<SubjectId, Future<Void>> shred;
    private final InstantSource clock;
    private final EpochSettings settings;
    private final Alerts alerts;
    private final Rewrap rewrap;
    private final AtomicLong current;
    private final AtomicLong kept;
    private final AtomicLong overdue;
    private final Counter destroyed;

    KeyUpkeep(Vertx vertx, RegionKeys of, InstantSource clock, EpochSettings settings, MeterRegistry meters) {
        this.region = of.region();
        this.database = of.store().database();
        this.keks = of.store().keks();
        this.keys = new AgingKeys(database);
        this.holds = of.holds();
        this.shred = of.keys()::shred;
        this.clock = clock;
        this.settings = settings;
        this.alerts = new Alerts(meters);
        this.rewrap = new Rewrap(vertx, region, keys, keks, settings, alerts, meters);
        Tags tags = Tags.of("region", region);
        this.current = meters.gauge("sluice.vault.epoch", tags, new AtomicLong());
        this.kept = meters.gauge("sluice.vault.epochs.kept", tags, new AtomicLong());
        this.overdue = meters.gauge("sluice.vault.horizon.overdue", tags, new AtomicLong());
        this.destroyed = meters.counter("sluice.vault.epochs.destroyed");
    }

    /**
     * An epoch as it stands.
     *
     * @param ended empty for the current one
     * @param living keys of persons and holds that are wrapped under it
     */
    public record Standing(KekEpoch epoch, Optional<Instant> ended, long living) {}

    /**
     * Does what is due. True if this node did, false if another one was at it; then this one has only heard which epochs there
     * are. What fails is due still.
     */
    public Future<Boolean> pass() {
        return leading(() -> due(false))
                .map(Optional::isPresent)
                .onFailure(cause -> alerts.raise(
                        Alerts.Alert.UPKEEP_FAILED, cause.getClass().getSimpleName(), region));
    }

    /**
     * Ends the current epoch now, whatever its age, and wraps everything living under the next one. The answer is the new
     * epoch. Fails with {@link Unavailable} if another node is at it.
     */
    public Future<Integer> rotate() {
        return leading(() -> due(true))
                .compose(led -> led.isPresent()
                        ? Future.succeededFuture(led.get())
                        : Future.failedFuture(new Unavailable("key upkeep")));
    }

    /** Every epoch that has a key, oldest first. */
    public Future<List<Standing>> standing() {
        return epochs().compose(epochs -> keys.living().map(living -> {
            List<Standing> all = new ArrayList<>();
            for (int i = 0; i < epochs.size(); i++) {
                all.add(new Standing(
                        epochs.get(i),
                        i + 1 < epochs.size() ? Optional.of(epochs.get(i + 1).madeAt()) : Optional.empty(),
                        living.getOrDefault(epochs.get(i).number(), 0L)));
            }
            return all;
        }));
    }

    /** Whose keys. */
    public String region() {
        return region;
    }

    /** The bounds it goes by, with the erasure horizon that they make. */
    public EpochSettings settings() {
        return settings;
    }

    private <T> Future<Optional<T>> leading(Supplier<Future<T>> work) {
        return epochs().compose(heard -> AdvisoryLock.tryTake(database, LEADER))
                .compose(lock -> lock.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : work.get()
                                .map(Optional::of)
                                .eventually(() -> lock.get().release()));
    }

    private Future<Integer> due(boolean turnsNow) {
        return turned(turnsNow)
                .compose(epoch -> endHolds()
                        .compose(ended -> rewrap.into(epoch))
                        .compose(done -> destroyWhatIsOver())
                        .map(over -> epoch));
    }

    private Future<List<KekEpoch>> epochs() {
        return keks.epochs().onSuccess(epochs -> {
            current.set(keks.currentEpoch());
            kept.set(epochs.size());
            overdue.set(overdueSeconds(epochs));
        });
    }

    /** For how long an epoch has been there that should not be any more; nothing if there is none. */
    private long overdueSeconds(List<KekEpoch> epochs) {
        return lastOver(epochs) < epochs.getFirst().number()
                ? 0
                : Math.max(
                        1,
                        Duration.between(epochs.get(1).madeAt().plus(settings.grace()), clock.instant())
                                .toSeconds());
    }

    private Future<Integer> turned(boolean turnsNow) {
        return epochs().compose(epochs -> {
            KekEpoch newest = epochs.getLast();
            boolean isOver = !newest.madeAt().plus(settings.length()).isAfter(clock.instant());
            if (!isOver && !turnsNow) {
                return Future.succeededFuture(newest.number());
            }
            return keks.turn(newest.number()).onSuccess(epoch -> {
                current.set(epoch);
                LOG.info("epoch turned region={} from={} to={}", region, newest.number(), epoch);
            });
        });
    }

    /** Each by itself: one that does not end holds up neither the others nor what else is due. */
    private Future<Void> endHolds() {
        return holds.over()
                .compose(over -> Future.join(over.stream().map(this::endHold).toList()))
                .mapEmpty();
    }

    private Future<Void> endHold(SubjectId hold) {
        return shred.apply(hold).compose(gone -> holds.ended(hold)).recover(cause -> {
            // it is due still
            alerts.raise(Alerts.Alert.HOLD_NOT_ENDED, cause.getClass().getSimpleName(), region);
            return Future.succeededFuture();
        });
    }

    private Future<Void> destroyWhatIsOver() {
        return epochs().compose(epochs -> {
            int through = lastOver(epochs);
            return through < epochs.getFirst().number()
                    ? Future.succeededFuture()
                    : keys.oldestLiving().compose(oldest -> destroyBefore(Math.min(through + 1, oldest), epochs));
        });
    }

    /** The last epoch whose grace is over; less than any if none's is. */
    private int lastOver(List<KekEpoch> epochs) {
        int last = 0;
        for (int i = 0; i + 1 < epochs.size(); i++) {
            Instant end = epochs.get(i + 1).madeAt();
            if (!end.plus(settings.grace()).isAfter(clock.instant())) {
                last = epochs.get(i).number();
            }
        }
        return last;
    }

    private Future<Void> destroyBefore(int epoch, List<KekEpoch> epochs) {
        Future<Void> done = epoch <= epochs.getFirst().number()
                ? Future.succeededFuture()
                : keys.raiseFence(epoch)
                        // looked at again: from now on nothing can come to lie under what is to be destroyed
                        .compose(raised -> keys.oldestLiving())
                        .compose(oldest -> oldest < epoch
                                ? Future.succeededFuture()
                                : keks.destroyThrough(epoch - 1).onSuccess(gone -> told(epoch, epochs)));
        return done.compose(tried -> epochs()).onSuccess(this::tellOfOverdue).mapEmpty();
    }

    private void told(int epoch, List<KekEpoch> epochs) {
        long gone = epochs.stream().filter(each -> each.number() < epoch).count();
        destroyed.increment(gone);
        LOG.info("epochs destroyed region={} count={} through={}", region, gone, epoch - 1);
    }

    /** What was shredded in an epoch that is there still may open still. */
    private void tellOfOverdue(List<KekEpoch> epochs) {
        if (overdueSeconds(epochs) > 0) {
            alerts.raise(
                    Alerts.Alert.NOT_DESTROYED,
                    "LIVING_KEYS",
                    region + " epoch " + epochs.getFirst().number());
        }
    }

    /** Ends after the batch of keys in hand. */
    void stop() {
        rewrap.stop();
    }
}
