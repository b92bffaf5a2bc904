package io.sluice.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.OutsideFailed;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one address's handler on admitted letters, so that every delivery ends in an outcome or a failed Future, whatever the
 * handler does, and so that a leaf which was to ride in the handler's transaction is durable before anybody is answered.
 */
final class Serving<V, R> {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final Address<V, R> address;
    private final Function<Delivery<V>, Future<Outcome<Parcel>>> handler;
    private final UseLedger ledger;
    private final MeterRegistry meters;
    private final BiFunction<Address<?, ?>, Parcel, Parcel> cutReply;

    Serving(
            Address<V, R> address,
            Function<Delivery<V>, Future<Outcome<Parcel>>> handler,
            UseLedger ledger,
            MeterRegistry meters,
            BiFunction<Address<?, ?>, Parcel, Parcel> cutReply) {
        this.address = address;
        this.handler = handler;
        this.ledger = ledger;
        this.meters = meters;
        this.cutReply = cutReply;
    }

    Address<V, R> address() {
        return address;
    }

    /** The handler's outcome for an admitted letter, its parcel cut to what the asker may see. */
    Future<Outcome<Parcel>> handle(Letter letter) {
        return run(letter).transform(ended -> {
            if (ended.failed()) {
                fault(ended.cause());
                return logged(letter).compose(durable -> Future.failedFuture(ended.cause()));
            }
            return switch (ended.result()) {
                case Outcome.Refused<Parcel> refused -> logged(letter).map(durable -> refused);
                case Outcome.Done<Parcel> done ->
                    isUncommitted(letter)
                            ? withoutLeaf(letter)
                            : Future.succeededFuture(Outcome.done(cutReply.apply(address, done.value())));
            };
        });
    }

    private Future<Outcome<Parcel>> run(Letter letter) {
        Granted granted = java.util.Objects.requireNonNull(letter.granted(), "only admitted letters are served");
        try {
            return handler.apply(new Delivery<>(
                    address.view(granted), granted.parties(), letter.riders(), letter.isStillPermitted()));
        } catch (ViewIncomplete missing) {
            LOG.warn("view incomplete address={} field={}", address.name(), missing.getMessage());
            return Future.succeededFuture(Outcome.refused(PrivacyRefusal.VIEW_INCOMPLETE));
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** An effect was committed without its leaf: the answer is a fault, and the leaf is written after all. */
    private Future<Outcome<Parcel>> withoutLeaf(Letter letter) {
        meters.counter("sluice.guard.effects-without-leaf", "address", address.name())
                .increment();
        LOG.error("effect without leaf address={}", address.name());
        return logged(letter)
                .compose(durable ->
                        Future.failedFuture(new HandlerFailed(address.name(), "committed without its leaf")));
    }

    /**
     * The handler has seen the view, so its leaf becomes durable, with an effect or without, and nobody is answered before. The
     * very leaf that was to ride, rather than another that says the same: the handler's transaction may have been lost, and then
     * only the ledger can tell whether it is there already. If it cannot tell either, the delivery ends in that failure.
     */
    private Future<Void> logged(Letter letter) {
        Rider rider = letter.rider();
        if (rider == null || rider.isCommitted()) {
            return Future.succeededFuture();
        }
        return ledger.settle(rider).onFailure(cause -> {
            meters.counter("sluice.guard.uses-in-doubt", "address", address.name())
                    .increment();
            LOG.warn(
                    "use in doubt address={} cause={}",
                    address.name(),
                    cause.getClass().getSimpleName());
        });
    }

    private static boolean isUncommitted(Letter letter) {
        Rider rider = letter.rider();
        return rider != null && !rider.isCommitted();
    }

    private void fault(Throwable cause) {
        meters.counter("sluice.guard.faults", "address", address.name()).increment();
        switch (cause) {
            case Unavailable passing -> {} // whoever is away says so itself, once, rather than at every delivery
            case OutsideFailed outside ->
                LOG.warn("outside failed address={} code={}", address.name(), outside.getMessage());
            default -> LOG.error("handler failed address={}", address.name(), cause);
        }
    }
}
