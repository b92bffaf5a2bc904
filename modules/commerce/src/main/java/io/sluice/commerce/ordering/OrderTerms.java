package io.sluice.commerce.ordering;

import io.sluice.commerce.step.Step;
import io.sluice.commerce.step.StepExecutor;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** What is done with an order because a term has passed: nobody has paid it, or nobody has looked at it. */
public final class OrderTerms implements StepExecutor {

    @Override
    public Set<Effect.Kind> kinds() {
        return EnumSet.of(Effect.Kind.EXPIRE, Effect.Kind.REVIEW);
    }

    @Override
    public Future<OrderCommand> execute(Step step) {
        return Future.succeededFuture(
                step.key().kind() == Effect.Kind.EXPIRE ? new OrderCommand.Expire() : new OrderCommand.ReviewOverdue());
    }
}
