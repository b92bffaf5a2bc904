package io.sluice.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.vault.AgingKeys.Resting;
import io.sluice.vault.AgingKeys.Rewrapped;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps living keys under the newest epoch, batch by batch, without touching what they sealed. Where it stops, by a fault or at
 * the end of its node, whoever comes next goes on: what is done is not found any more. A key that does not unwrap is left as
 * it is, and told.
 */
final class Rewrap {

    private static final Logger LOG = LoggerFactory.getLogger(Rewrap.class);
    private static final int BATCHES_A_COUNT = 50;

    private final Vertx vertx;
    private final String region;
    private final AgingKeys keys;
    private final KekProvider keks;
    private final EpochSettings settings;
    private final Alerts alerts;
    private final Map<String, Integer> unusable = new ConcurrentHashMap<>();
    private final AtomicLong left;
    private final Counter rewrapped;
    private volatile boolean isStopping;

    Rewrap(
            Vertx vertx,
            String region,
            AgingKeys keys,
            KekProvider keks,
            EpochSettings settings,
            Alerts alerts,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.region = region;
        this.keys = keys;
        this.keks = keks;
        this.settings = settings;
        this.alerts = alerts;
        this.left = meters.gauge("sluice.vault.rewrap.left", Tags.of("region", region), new AtomicLong());
        this.rewrapped = meters.counter("sluice.vault.rewrapped");
    }

    /** Wraps everything anew that is wrapped under an older epoch than this one. The answer is how many keys it wrapped. */
    Future<Long> into(int epoch) {
        unusable.clear();
        return counted(epoch).compose(old -> {
            if (old == 0) {
                return Future.succeededFuture(0L);
            }
            LOG.info("keys to be wrapped anew region={} epoch={} keys={}", region, epoch, old);
            return allBefore(epoch)
                    .compose(done -> counted(epoch).map(rest -> {
                        LOG.info("keys wrapped anew region={} epoch={} done={} left={}", region, epoch, done, rest);
                        // one alert for all of a kind: they may be many
                        unusable.forEach((reason, keys) -> alerts.raise(
                                Alerts.Alert.NOT_REWRAPPED,
                                reason,
                                keys + " in " + region + " of epochs before " + epoch));
                        return done;
                    }));
        });
    }

    private Future<Long> counted(int epoch) {
        return keys.countBefore(epoch).onSuccess(left::set);
    }

    /** A promise and no chain: there may be so many batches that no stack would hold their end. */
    private Future<Long> allBefore(int epoch) {
        Promise<Long> end = Promise.promise();
        from(Resting.FIRST, epoch, 0, 1, end);
        return end.future();
    }

    private void from(Resting last, int epoch, long done, int batches, Promise<Long> end) {
        if (isStopping) {
            end.complete(done);
            return;
        }
        keys.before(epoch, last, settings.batch()).onFailure(end::fail).onSuccess(batch -> {
            if (batch.isEmpty()) {
                end.complete(done);
                return;
            }
            put(batch, epoch, batches)
                    .onFailure(end::fail)
                    .onSuccess(put -> from(batch.getLast(), epoch, done + put, batches + 1, end));
        });
    }

    /** Then rests for as long as its size asks for. */
    private Future<Integer> put(List<Resting> batch, int epoch, int batches) {
        return rewrapped(batch, epoch)
                .compose(anew -> keys.put(epoch, anew))
                .onSuccess(rewrapped::increment)
                .compose(put -> (batches % BATCHES_A_COUNT == 0 ? counted(epoch) : Future.succeededFuture(0L))
                        .compose(told -> vertx.timer(settings.restMillis(batch.size()), TimeUnit.MILLISECONDS))
                        .map(rested -> put));
    }

    private Future<List<Rewrapped>> rewrapped(List<Resting> batch, int epoch) {
        List<Future<Optional<Rewrapped>>> each =
                batch.stream().map(key -> rewrapped(key, epoch)).toList();
        return Future.join(each).map(all -> {
            List<Rewrapped> anew = new ArrayList<>(each.size());
            each.forEach(one -> one.result().ifPresent(anew::add));
            return anew;
        });
    }

    private Future<Optional<Rewrapped>> rewrapped(Resting key, int epoch) {
        return keks.unwrap(key.epoch(), key.wrapped(), key.place())
                .compose(plain ->
                        keks.wrap(epoch, plain, key.place()).onComplete(wrapped -> Arrays.fill(plain, (byte) 0)))
                .map(wrapped -> Optional.of(new Rewrapped(key, wrapped)))
                // one that is not to be used keeps its epoch alive, and the others go on; any other fault is
                // everybody's
                .recover(cause -> {
                    if (cause instanceof KeyNotUsable notUsable) {
                        unusable.merge(notUsable.reason().name(), 1, Integer::sum);
                        return Future.succeededFuture(Optional.empty());
                    }
                    return Future.failedFuture(cause);
                });
    }

    /** Ends after the batch in hand. */
    void stop() {
        isStopping = true;
    }
}
