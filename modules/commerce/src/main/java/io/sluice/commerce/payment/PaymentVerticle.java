package io.sluice.commerce.payment;

import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.api.DisputeName;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.CallbackDesk;
import io.sluice.commerce.ordering.CallbackDesk.Word;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes payment providers' callbacks. */
public final class PaymentVerticle extends VerticleBase {

    private static final String CHARGEBACK = "chargeback.";

    private final Bus bus;
    private final CallbackDesk desk;

    public PaymentVerticle(Bus bus, CallbackDesk desk) {
        this.bus = bus;
        this.desk = desk;
    }

    @Override
    public Future<?> start() {
        return bus.serve(
                Callbacks.PAYMENT, delivery -> desk.take(delivery.view()).map(stored -> Outcome.done(Parcel.plain())));
    }

    /**
     * What a callback says about an operation; empty if it says nothing that we know, or not enough: then the operation is
     * looked up, as it is when no callback comes at all.
     */
    public static Optional<Word> meaning(Callback callback) {
        String word = callback.status();
        if (word == null) {
            return Optional.empty();
        }
        Money moved = ProviderDesk.moved(callback.amount(), callback.currency());
        if (callback.kind().startsWith(CHARGEBACK)) {
            return chargeback(callback, word, moved);
        }
        return ProviderDesk.status(word)
                .filter(status -> ProviderDesk.isWhole(status, moved))
                .map(status -> new Word(
                        Optional.empty(),
                        id -> new OrderCommand.RecordOperation(
                                id, status, moved, callback.reference(), null, callback.reason())));
    }

    /** A dispute is about a capture or an authorisation: by our id for it, or by the partner's, since nobody here has asked for it. */
    private static Optional<Word> chargeback(Callback callback, String word, @Nullable Money amount) {
        String reference = callback.reference();
        boolean isKnown = word.equals("opened") || word.equals("lost") || word.equals("won");
        if (reference == null || amount == null || !isKnown) {
            return Optional.empty();
        }
        Optional<DisputeName> named = callback.operationId() == null ? DisputeName.of(reference) : Optional.empty();
        String dispute = named.map(DisputeName::dispute).orElse(reference);
        return Optional.of(new Word(
                named.map(DisputeName::payment),
                payment -> new OrderCommand.RecordChargeback(
                        payment, dispute, word.equals("won"), amount, callback.reason())));
    }
}
