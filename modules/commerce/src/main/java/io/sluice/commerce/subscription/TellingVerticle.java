package io.sluice.commerce.subscription;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers what has happened: feeds what is new, leases orders of which something is due, and tells the next event of each.
 * No connection to the database is held while a receiver is awaited.
 */
public final class TellingVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TellingVerticle.class);
    private static final int PAGE = 2_000;
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Counting reads all that waits, and so is for whoever watches, not for the work. */
    private static final Duration COUNT_EVERY = Duration.ofMinutes(1);

    private final Bus bus;
    private final Feed feed;
    private final TellingStore tellings;
    private final RetrySchedule schedule;
    private final SubscriptionSettings settings;
    private final MeterRegistry meters;
    private final Promise<Void> quiet = Promise.promise();
    private volatile TellingStore.Backlog backlog = new TellingStore.Backlog(0, 0, Duration.ZERO);
    private final Map<UUID, Integer> underWay = new HashMap<>();
    private int inFlight;
    private boolean isFeeding;
    private boolean isCounting;
    private boolean isLeasing;
    private boolean isAskedAgain;
    private boolean isStopping;

    TellingVerticle(
            Bus bus,
            Feed feed,
            TellingStore tellings,
            RetrySchedule schedule,
            SubscriptionSettings settings,
            MeterRegistry meters) {
        this.bus = bus;
        this.feed = feed;
        this.tellings = tellings;
        this.schedule = schedule;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Gauge.builder("sluice.notices.waiting", () -> backlog.waiting())
                .description("orders of which a subscriber has still to be told something")
                .register(meters);
        Gauge.builder("sluice.notices.parked", () -> backlog.parked())
                .description("events that no try has delivered")
                .register(meters);
        Gauge.builder("sluice.notices.oldest", () -> backlog.oldest().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("how long the oldest notice has been waiting")
                .register(meters);
        return feed.begin().onSuccess(begun -> {
            long sweep = settings.sweep().toMillis();
            vertx.setPeriodic(sweep, tick -> sweep());
            vertx.setPeriodic(sweep, COUNT_EVERY.toMillis(), tick -> countWaiting());
        });
    }

    /** Begins nothing more, and waits for what is under way, for as long as it is held; what is not done then is told again. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        settleStop();
        long timer = vertx.setTimer(settings.lease().toMillis(), end -> quiet.tryComplete());
        return quiet.future().onComplete(stopped -> vertx.cancelTimer(timer));
    }

    private void settleStop() {
        if (isStopping && inFlight == 0 && !isLeasing && !isFeeding && !isCounting) {
            quiet.tryComplete();
        }
    }

    private void sweep() {
        if (isStopping || isFeeding) {
            return;
        }
        isFeeding = true;
        feed.advance(PAGE).onComplete(fed -> {
            isFeeding = false;
            if (fed.failed()) {
                LOG.warn("events not fed cause={}", fed.cause().getClass().getSimpleName());
            } else {
                look();
            }
            settleStop();
            if (fed.succeeded() && fed.result()) {
                sweep();
            }
        });
    }

    private void countWaiting() {
        if (isStopping || isCounting) {
            return;
        }
        isCounting = true;
        tellings.backlog().onComplete(counted -> {
            isCounting = false;
            if (counted.succeeded()) {
                backlog = counted.result();
            } else {
                LOG.warn(
                        "notices not counted cause={}",
                        counted.cause().getClass().getSimpleName());
            }
            settleStop();
        });
    }

    private void look() {
        isAskedAgain = true;
        int free = settings.maxInFlight() - inFlight;
        if (isStopping || isLeasing || free <= 0) {
            return;
        }
        isLeasing = true;
        isAskedAgain = false;
        tellings.lease(free, settings.share(), underWay, settings.lease()).onComplete(leased -> {
            isLeasing = false;
            if (leased.failed()) {
                LOG.warn(
                        "notices not leased cause={}", leased.cause().getClass().getSimpleName());
                settleStop();
                return;
            }
            leased.result().tellings().forEach(telling -> awaited(telling.hold(), tell(telling)));
            leased.result().over().forEach(over -> awaited(over.hold(), tellings.over(over)));
            settleStop();
            if (isAskedAgain || leased.result().size() == free) {
                look();
            }
        });
    }

    private void awaited(Telling.Hold hold, Future<Void> work) {
        inFlight++;
        underWay.merge(hold.subscription(), 1, Integer::sum);
        work.onComplete(ended -> {
            inFlight--;
            underWay.computeIfPresent(hold.subscription(), (id, many) -> many > 1 ? many - 1 : null);
            if (ended.failed()) {
                LOG.warn(
                        "notice left to its lease cause={}",
                        ended.cause().getClass().getSimpleName());
            } else {
                look(); // the order's next event is due now
            }
            settleStop();
        });
    }

    private Future<Void> tell(Telling telling) {
        return bus.ask(MerchantCalls.NOTIFY, telling.parcel(), settings.patience())
                .transform(asked -> {
                    if (asked.succeeded()) {
                        return switch (asked.result()) {
                            case Outcome.Done<MerchantCalls.Answer> done -> answered(telling, done.value());
                            case Outcome.Refused<MerchantCalls.Answer> refused -> refused(telling, refused.code());
                        };
                    }
                    // nothing has gone out, and no receiver is to blame
                    return asked.cause() instanceof Unavailable
                            ? tellings.putOff(telling, SOON)
                            : failed(telling, "not-answered", false);
                });
    }

    private Future<Void> answered(Telling telling, MerchantCalls.Answer answer) {
        String reason = answer.reason() == null ? answer.status() : answer.reason();
        return switch (answer.status()) {
            case "delivered" -> {
                count("delivered");
                yield tellings.told(telling);
            }
            case "gone" -> {
                count("gone");
                LOG.warn(
                        "subscription disabled, its receiver is gone subscription={}",
                        telling.hold().subscription());
                yield tellings.gone(telling, reason);
            }
            default -> failed(telling, reason, answer.status().equals("busy"));
        };
    }

    private Future<Void> failed(Telling telling, String reason, boolean isBusy) {
        count("failed");
        int tries = telling.tries() + 1;
        return tries < RetrySchedule.TRIES
                ? tellings.tried(telling, reason, schedule.pause(tries, isBusy))
                : parked(telling, reason);
    }

    /** Whoever is erased or unknown stays so; anything else may be permitted another time, and is held until then. */
    private Future<Void> refused(Telling telling, String code) {
        if (PrivacyRefusal.isPassing(code)) {
            return tellings.putOff(telling, SOON);
        }
        if (code.equals(PrivacyRefusal.SUBJECT_ERASED.code()) || code.equals(PrivacyRefusal.SUBJECT_UNKNOWN.code())) {
            return parked(telling, code);
        }
        count("held");
        return tellings.held(telling, code, schedule.hold(telling.holds()));
    }

    private Future<Void> parked(Telling telling, String reason) {
        count("parked");
        LOG.warn(
                "notice parked subscription={} sequence={} reason={}",
                telling.hold().subscription(),
                telling.sequence(),
                reason);
        return tellings.parked(telling, reason);
    }

    private void count(String result) {
        meters.counter("sluice.notices", "result", result).increment();
    }
}
