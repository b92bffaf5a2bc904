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
import org.slf4j.event.Level;

/** Stores the callbacks of one topic and settles them: at once if it can; what a node left behind, the sweep does. */
public final class CallbackDesk {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackDesk.class);

    private final String topic;
    private final Inbox inbox;
    private final OrderStore orders;
    private final Partners.Side partners;
    private final Function<Callback, Optional<Word>> meaning;
    private final MeterRegistry meters;

    /**
     * What a callback says about an operation or a parcel.
     *
     * @param reference what the partner calls it; looked for where the callback does not say our id
     * @param command what is to be done, given our id
     */
    public record Word(Optional<String> reference, Function<UUID, OrderCommand> command) {}

    /** @param meaning what a callback of this topic says; empty if it is nothing that we know */
    public CallbackDesk(
            String topic,
            Inbox inbox,
            OrderStore orders,
            Partners partners,
            Function<Callback, Optional<Word>> meaning,
            MeterRegistry meters) {
        this.topic = topic;
        this.inbox = inbox;
        this.orders = orders;
        this.partners = partners.of(topic);
        this.meaning = meaning;
        this.meters = meters;
    }

    String topic() {
        return topic;
    }

    /** Completes once the callback is durable. It is settled afterwards, and nobody waits for that. */
    public Future<Void> take(Callback callback) {
        Inbox.Entry entry = new Inbox.Entry(topic, callback);
        return inbox.store(entry)
                .onSuccess(isOpen -> {
                    // what was news once must not be news again when it is repeated: it may be overtaken by then
                    if (isOpen) {
                        settle(entry);
                    }
                })
                .mapEmpty();
    }

    /** Settles a stored callback; what fails is left to the sweep. Settling twice changes nothing. */
    void settle(Inbox.Entry entry) {
        UUID operation = entry.callback().operationId();
        Optional<Word> said = meaning.apply(entry.callback());
        if (said.isPresent() && operation != null) {
            move(entry, operation, said.get());
        } else if (said.isPresent() && said.get().reference().isPresent()) {
            look(entry, said.get().reference().get(), said.get());
        } else {
            park(entry);
        }
    }

    /** A partner may be quicker than we are with writing down what it calls something: until then its callback waits. */
    private void look(Inbox.Entry entry, String reference, Word said) {
        inbox.find(topic, partners.toldOfBy(entry.callback().partner()), reference)
                .onSuccess(
                        found -> found.ifPresentOrElse(operation -> move(entry, operation, said), () -> defer(entry)))
                .onFailure(cause -> left(entry, cause));
    }

    private void defer(Inbox.Entry entry) {
        meters.counter("sluice.callbacks.deferred", "topic", topic).increment();
        inbox.defer(entry.key())
                .onSuccess(isWaiting -> {
                    if (!isWaiting) {
                        park(entry);
                    }
                })
                .onFailure(cause -> left(entry, cause));
    }

    private void park(Inbox.Entry entry) {
        meters.counter("sluice.callbacks.parked", "topic", topic).increment();
        inbox.park(entry.key(), "unknown").onFailure(cause -> left(entry, cause));
    }

    private void move(Inbox.Entry entry, UUID operation, Word said) {
        orders.change(OrderChange.byCallback(
                        entry.key(), operation, said.command().apply(operation)))
                .onSuccess(outcome -> {
                    if (outcome instanceof Outcome.Refused<Order> refused) {
                        refused(entry, refused);
                    }
                })
                .onFailure(cause -> left(entry, cause));
    }

    private void refused(Inbox.Entry entry, Outcome.Refused<Order> refused) {
        meters.counter("sluice.callbacks.refused", "code", refused.code()).increment();
        // another shop may share our account with the partner; whatever else is refused needs a person
        LOG.atLevel(refused.is(OrderRefusal.NOT_FOUND) ? Level.WARN : Level.ERROR)
                .log(
                        "callback moves nothing topic={} partner={} event={} code={} advice={}",
                        topic,
                        entry.callback().partner(),
                        entry.callback().eventId(),
                        refused.code(),
                        refused.is(CallbackRefusal.ANOTHER_PARTNERS)
                                ? "if it may tell of the other one, say so under its speaks_for"
                                : "compare the order with what the partner shows of it");
    }

    private void left(Inbox.Entry entry, Throwable cause) {
        LOG.warn(
                "callback left to the sweep topic={} event={} cause={}",
                topic,
                entry.callback().eventId(),
                cause.getClass().getSimpleName());
    }
}
