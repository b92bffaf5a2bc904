package io.sluice.commerce.step;

import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderCommand;
import io.vertx.core.Future;
import java.util.Set;

/** Carries out steps of some kinds. */
public interface StepExecutor {

    Set<Effect.Kind> kinds();

    /**
     * What the order is to be told of it, silence included. A failed Future says that nothing is known yet or nothing was done:
     * the step is put off, with growing pauses.
     */
    Future<OrderCommand> execute(Step step);
}
