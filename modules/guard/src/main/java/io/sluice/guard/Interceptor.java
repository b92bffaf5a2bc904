package io.sluice.guard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every delivery before its handler does. A request that the gate refuses is answered at once; a reply that it refuses
 * is marked in place, because replies cannot be failed and the asker would wait. Whatever is not a letter or the event bus's
 * own failure is refused.
 *
 * <p>Deciding and handling may take time, and giving the delivery on asynchronously gives up the event bus's own limit on
 * buffered messages: so the deliveries in hand are counted here, from their arrival until their handler has answered, and
 * refused past the limit. Replies are not: there are no more of them than this node has asked for.
 */
final class Interceptor implements Handler<DeliveryContext<Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(Interceptor.class);

    private final Vertx vertx;
    private final Switchboard switchboard;
    private final Gate gate;
    private final InHand inHand;

    Interceptor(Vertx vertx, Switchboard switchboard, Gate gate, MeterRegistry meters, int maxInHand) {
        this.vertx = vertx;
        this.switchboard = switchboard;
        this.gate = gate;
        this.inHand = new InHand(maxInHand);
        Gauge.builder("sluice.guard.in-hand", inHand, InHand::count).register(meters);
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
        // DeliveryContext.body() is null for a message from another node until it is decoded: ask the message
        switch (body(delivery)) {
            case Letter letter when letter.isReply() -> reply(delivery, letter);
            case Letter letter -> request(delivery, letter);
            case ReplyException failure -> delivery.next();
            case null, default -> {
                LOG.warn("body refused address={}", delivery.message().address());
                refuseUnread(delivery, PrivacyRefusal.NOT_A_PARCEL);
            }
        }
    }

    /** None of a kind that is not read on this bus: what a stranger wrote is not made an object of. */
    private static @Nullable Object body(DeliveryContext<Object> delivery) {
        try {
            return delivery.message().body();
        } catch (RuntimeException forbidden) {
            LOG.warn("body not read address={} cause={}", delivery.message().address(), forbidden.toString());
            return null;
        }
    }

    private void request(DeliveryContext<Object> delivery, Letter letter) {
        Line line = switchboard.served(delivery.message().address());
        InHand.Place place = inHand.take();
        if (place == null) {
            refuseUnread(delivery, PrivacyRefusal.OVERLOADED);
            return;
        }
        letter.takeInHand(place);
        boolean isServed = line != null && line.address().name().equals(letter.address());
        Future<Letter> passed = pass(letter, isServed ? line : null);
        settle(delivery, passed, result -> {
            if (result.failed()) {
                letter.answered();
                faulted(delivery, letter, result.cause());
            } else if (letter.refused() instanceof Outcome.Refused<?> refused) {
                letter.answered();
                fail(delivery, FailureCodes.REFUSED, refused.code());
            } else {
                delivery.next();
            }
        });
    }

    private void reply(DeliveryContext<Object> delivery, Letter letter) {
        Future<Letter> passed = pass(letter, switchboard.asked(letter.address()));
        settle(delivery, passed, result -> {
            if (result.failed()) {
                LOG.warn("reply not admitted address={} cause={}", letter.address(), name(result.cause()));
                letter.refuse(
                        new Outcome.Refused<>(Gate.notOpened(result.cause()).code(), List.of()));
            }
            delivery.next();
        });
    }

    /** An exception here would be silence: the event bus drops a message whose interceptor throws. */
    private Future<Letter> pass(Letter letter, @Nullable Line line) {
        try {
            return line == null
                    ? gate.refuse(letter, Parties.NOBODY, PrivacyRefusal.NO_CONTRACT)
                    : gate.pass(letter, line);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** Runs the end on the consumer's context, at once if it is settled already. */
    private void settle(DeliveryContext<Object> delivery, Future<Letter> passed, Handler<AsyncResult<Letter>> end) {
        if (passed.isComplete()) {
            end.handle(passed);
            return;
        }
        Context context = vertx.getOrCreateContext();
        passed.onComplete(result -> context.runOnContext(onContext -> end.handle(result)));
    }

    /** Without a leaf: nobody has looked whom it concerns, and an overload must not fill the ledger's queue as well. */
    private void refuseUnread(DeliveryContext<Object> delivery, PrivacyRefusal reason) {
        gate.count(reason);
        fail(delivery, FailureCodes.REFUSED, reason.code());
    }

    private static void faulted(DeliveryContext<Object> delivery, Letter letter, Throwable cause) {
        if (cause instanceof Unavailable) {
            fail(delivery, FailureCodes.UNAVAILABLE, String.valueOf(cause.getMessage()));
            return;
        }
        LOG.error("gate failed address={} cause={}", letter.address(), name(cause), cause);
        fail(delivery, FailureCodes.FAILED, "gate");
    }

    private static String name(Throwable cause) {
        return cause.getClass().getSimpleName();
    }

    private static void fail(DeliveryContext<Object> delivery, int code, String text) {
        delivery.message().fail(code, text);
    }
}
