package io.sluice.commerce.ordering;

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

    /** @param desks one for each topic */
    public InboxVerticle(Inbox inbox, List<CallbackDesk> desks) {
        this.inbox = inbox;
        this.desks = desks.stream().collect(Collectors.toUnmodifiableMap(CallbackDesk::topic, Function.identity()));
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(
                SWEEP_MILLIS,
                tick -> inbox.leftovers(PAGE, CLAIM)
                        .onSuccess(entries -> entries.forEach(this::settle))
                        .onFailure(cause -> LOG.warn(
                                "inbox not swept cause={}", cause.getClass().getSimpleName())));
        return Future.succeededFuture();
    }

    private void settle(Inbox.Entry entry) {
        CallbackDesk desk = desks.get(entry.topic());
        if (desk == null) {
            LOG.error("callback of an unknown topic topic={}", entry.topic());
        } else {
            desk.settle(entry);
        }
    }
}
