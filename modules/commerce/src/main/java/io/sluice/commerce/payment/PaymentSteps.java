package io.sluice.commerce.payment;

import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.step.Step;
import io.sluice.commerce.step.StepExecutor;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** Authorises, captures, voids; asks the provider for the truth. */
public final class PaymentSteps implements StepExecutor {

    private final ProviderDesk provider;

    public PaymentSteps(ProviderDesk provider) {
        this.provider = provider;
    }

    @Override
    public Set<Effect.Kind> kinds() {
        return EnumSet.of(Effect.Kind.AUTHORISE, Effect.Kind.CAPTURE, Effect.Kind.VOID, Effect.Kind.ASK_PROVIDER);
    }

    @Override
    public Future<OrderCommand> execute(Step step) {
        Operation operation = step.order()
                .operation(step.key().operation())
                .orElseThrow(() -> new IllegalStateException("a step without its operation: " + step.key()));
        return switch (step.key().kind()) {
            case AUTHORISE -> provider.send(step, ProviderCalls.AUTHORISE, operation);
            case CAPTURE -> provider.send(step, ProviderCalls.CAPTURE, operation);
            case VOID -> provider.send(step, ProviderCalls.VOID, operation);
            case ASK_PROVIDER -> provider.look(step, operation);
            case REFUND, DISPATCH, ASK_CARRIER, EXPIRE, LAPSE, REVIEW ->
                throw new IllegalArgumentException(step.key().kind() + " is not a payment's step");
        };
    }
}
