package io.sluice.commerce.refund;

import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.ProviderDesk;
import io.sluice.commerce.step.Step;
import io.sluice.commerce.step.StepExecutor;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** Pays back. */
public final class RefundSteps implements StepExecutor {

    private final ProviderDesk provider;

    public RefundSteps(ProviderDesk provider) {
        this.provider = provider;
    }

    @Override
    public Set<Effect.Kind> kinds() {
        return EnumSet.of(Effect.Kind.REFUND);
    }

    @Override
    public Future<OrderCommand> execute(Step step) {
        Operation operation = step.order()
                .operation(step.key().operation())
                .orElseThrow(() -> new IllegalStateException("a step without its operation: " + step.key()));
        return provider.send(step, ProviderCalls.REFUND, operation);
    }
}
