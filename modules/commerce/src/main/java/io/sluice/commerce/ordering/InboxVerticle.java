package io.sluice.commerce.ordering;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles, every few seconds, callbacks that a node stored and did not live to settle. */
public final class InboxVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(InboxVerticle.class);
    private static final long SWEEP_MILLIS = 2_000;
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final int PAGE = 100;

    private final Inbox inbox;
    private final Map<String, CallbackDesk> desks;
    private final MeterRegistry meters;

    /** @param desks one for each topic */
    public InboxVerticle(Inbox inbox, List<CallbackDesk> desks, MeterRegistry meters) {
        this.inbox = inbox;
        this.meters = meters;
        this.desks = desks.stream().collect(Collectors.toUnmodifiableMap(CallbackDesk::topic, Function.identity()));
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(
                SWEEP_MILLIS,
                tick -> inbox.leftovers(PAGE, CLAIM)
                        .onSuccess(left -> {
                            left.entries().forEach(this::settle);
                            left.hopeless().forEach(this::park);
                        })
                        .onFailure(cause -> LOG.warn(
                                "inbox not swept cause={}", cause.getClass().getSimpleName())));
        return Future.succeededFuture();
    }

    private void settle(Inbox.Entry entry) {
        CallbackDesk desk = desks.get(entry.topic());
        if (desk == null) {
            // a node of another version may know it
            LOG.warn("callback of an unknown topic topic={}", entry.topic());
        } else {
            desk.settle(entry);
        }
    }

    private void park(OrderChange.CallbackKey key) {
        meters.counter("sluice.callbacks.hopeless").increment();
        LOG.error(
                "callback parked, nothing can be made of it topic={} partner={} event={}",
                key.topic(),
                key.partner(),
                key.eventId());
        inbox.park(key, "failed")
                .onFailure(cause -> LOG.warn(
                        "callback not parked event={} cause={}",
                        key.eventId(),
                        cause.getClass().getSimpleName()));
    }
}
