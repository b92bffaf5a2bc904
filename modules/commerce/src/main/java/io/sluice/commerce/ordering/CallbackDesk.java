package io.sluice.commerce.ordering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.guard.Outcome;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the callbacks of one topic and settles them: at once if it can; what a node left behind, the sweep does. */
public final class CallbackDesk {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackDesk.class);

    private final String topic;
    private final Inbox inbox;
    private final OrderStore orders;
    private final Function<Callback, Optional<OrderCommand>> meaning;
    private final MeterRegistry meters;

    /** @param meaning what a callback of this topic says about an order; empty if it says nothing that we know */
    public CallbackDesk(
            String topic,
            Inbox inbox,
            OrderStore orders,
            Function<Callback, Optional<OrderCommand>> meaning,
            MeterRegistry meters) {
        this.topic = topic;
        this.inbox = inbox;
        this.orders = orders;
        this.meaning = meaning;
        this.meters = meters;
    }

    String topic() {
        return topic;
    }

    /** Completes once the callback is durable. It is settled afterwards, and nobody waits for that. */
    public Future<Void> take(Callback callback) {
        Inbox.Entry entry = new Inbox.Entry(topic, callback);
        return inbox.store(entry).onSuccess(stored -> settle(entry));
    }

    /** Settles a stored callback; what fails is left to the sweep. Settling twice changes nothing. */
    void settle(Inbox.Entry entry) {
        UUID operation = entry.callback().operationId();
        Optional<OrderCommand> command = operation == null ? Optional.empty() : meaning.apply(entry.callback());
        if (operation == null || command.isEmpty()) {
            meters.counter("sluice.callbacks.parked", "topic", topic).increment();
            inbox.park(entry.key(), "unknown").onFailure(cause -> left(entry, cause));
            return;
        }
        orders.change(OrderChange.byCallback(entry.key(), operation, command.get()))
                .onSuccess(outcome -> {
                    if (outcome instanceof Outcome.Refused<Order> refused) {
                        meters.counter("sluice.callbacks.refused", "code", refused.code())
                                .increment();
                    }
                })
                .onFailure(cause -> left(entry, cause));
    }

    private void left(Inbox.Entry entry, Throwable cause) {
        LOG.warn(
                "callback left to the sweep topic={} event={} cause={}",
                topic,
                entry.callback().eventId(),
                cause.getClass().getSimpleName());
    }
}
