package io.sluice.commerce.payment;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.step.NotYet;
import io.sluice.commerce.step.Step;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a payment provider, and puts what it says, or does not say, into an order's words. */
public final class ProviderDesk {

    private static final String ABSENT = "absent";

    private final Bus bus;

    public ProviderDesk(Bus bus) {
        this.bus = bus;
    }

    /**
     * Sends an operation. If an earlier attempt may have sent it already, the provider is asked first, so that a second sending
     * is never the answer to a lost first one.
     */
    public Future<OrderCommand> send(Step step, Address<?, ProviderCalls.Answer> address, Operation operation) {
        if (!operation.status().isOpen()) {
            return Future.succeededFuture(unchanged(operation));
        }
        if (!step.mayHaveHappened()) {
            return sendNow(step, address, operation);
        }
        return lookUp(step, operation)
                .compose(answer ->
                        ABSENT.equals(answer.status()) ? sendNow(step, address, operation) : said(operation, answer));
    }

    private Future<OrderCommand> sendNow(Step step, Address<?, ProviderCalls.Answer> address, Operation operation) {
        return bus.ask(address, parcel(step, operation)).transform(asked -> {
            if (asked.failed()) {
                // a node without its database or without the adapter has sent nothing; any other silence may hide an
                // effect
                return asked.cause() instanceof Unavailable
                        ? Future.failedFuture(asked.cause())
                        : Future.succeededFuture(new OrderCommand.OperationSilent(operation.id()));
            }
            return switch (asked.result()) {
                case Outcome.Done<ProviderCalls.Answer> done -> said(operation, done.value());
                case Outcome.Refused<ProviderCalls.Answer> refused ->
                    PrivacyRefusal.isPassing(refused.code())
                            ? Future.failedFuture(new NotYet(refused.code()))
                            : Future.succeededFuture(new OrderCommand.RecordOperation(
                                    operation.id(), OperationStatus.ERRORED, null, null, null, refused.code()));
            };
        });
    }

    /** Asks what became of an operation. Fails while that cannot be told. */
    public Future<OrderCommand> look(Step step, Operation operation) {
        return operation.status().isOpen()
                ? lookUp(step, operation).compose(answer -> said(operation, answer))
                : Future.succeededFuture(unchanged(operation));
    }

    private Future<ProviderCalls.Answer> lookUp(Step step, Operation operation) {
        return bus.ask(ProviderCalls.LOOKUP, parcel(step, operation)).compose(outcome -> switch (outcome) {
            case Outcome.Done<ProviderCalls.Answer> done -> Future.succeededFuture(done.value());
            case Outcome.Refused<ProviderCalls.Answer> refused -> Future.failedFuture(new NotYet(refused.code()));
        });
    }

    private static Parcel parcel(Step step, Operation operation) {
        return step.parcel()
                .with(CommerceFields.OPERATION_ID, operation.id())
                .with(CommerceFields.ORDER_ID, step.order().id())
                .with(CommerceFields.AMOUNT, operation.amount().minor())
                .with(CommerceFields.CURRENCY, operation.amount().currency())
                .with(CommerceFields.REFERENCE, operation.onReference())
                .with(CommerceFields.FINAL, operation.isFinal())
                .withSealed(CommerceFields.PAYMENT_METHOD, step.sealed().get(CommerceFields.PAYMENT_METHOD));
    }

    private static Future<OrderCommand> said(Operation operation, ProviderCalls.Answer answer) {
        if (ABSENT.equals(answer.status())) {
            return Future.succeededFuture(new OrderCommand.ResendOperation(operation.id()));
        }
        Money moved = moved(answer.amount(), answer.currency());
        Optional<OperationStatus> status =
                status(answer.status()).filter(said -> operation.kind() == OperationKind.VOID || isWhole(said, moved));
        if (status.isEmpty()) {
            return Future.failedFuture(new NotYet("the provider said something unknown, or only half of it"));
        }
        if (status.get() == operation.status() && !operation.isNews(status.get(), answer.nextActionUrl())) {
            return Future.failedFuture(new NotYet("the provider is not there yet"));
        }
        return Future.succeededFuture(new OrderCommand.RecordOperation(
                operation.id(), status.get(), moved, answer.reference(), answer.nextActionUrl(), answer.reason()));
    }

    /** Whether enough is said to go by: a success that does not say how much it moved is none yet. */
    static boolean isWhole(OperationStatus status, @Nullable Money moved) {
        return status != OperationStatus.SUCCEEDED || moved != null;
    }

    /** What a provider says that it moved; null if it does not say so in full. */
    static @Nullable Money moved(@Nullable Long amount, @Nullable String currency) {
        return amount == null || currency == null || !Money.isCurrency(currency) ? null : new Money(amount, currency);
    }

    /** A provider's word for a status; empty for one that we do not know. */
    static Optional<OperationStatus> status(String word) {
        return switch (word) {
            case "succeeded" -> Optional.of(OperationStatus.SUCCEEDED);
            case "pending" -> Optional.of(OperationStatus.PENDING);
            case "requires_action" -> Optional.of(OperationStatus.REQUIRES_ACTION);
            case "declined" -> Optional.of(OperationStatus.DECLINED);
            case "failed" -> Optional.of(OperationStatus.ERRORED);
            case "expired" -> Optional.of(OperationStatus.EXPIRED);
            case "reversed" -> Optional.of(OperationStatus.REVERSED);
            default -> Optional.empty();
        };
    }

    /** Says again what is known already, so that the step is settled and nothing else happens. */
    private static OrderCommand unchanged(Operation operation) {
        return new OrderCommand.RecordOperation(operation.id(), operation.status(), null, null, null, null);
    }
}
