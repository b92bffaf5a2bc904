package io.sluice.commerce.ordering;

import io.sluice.commerce.step.Step;
import io.sluice.commerce.step.StepExecutor;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** What is done with an order because a term has passed: nobody has paid it, nobody has looked at it, or nobody has
 * taken what was authorised. */
public final class OrderTerms implements StepExecutor {

    @Override
    public Set<Effect.Kind> kinds() {
        return EnumSet.of(Effect.Kind.EXPIRE, Effect.Kind.REVIEW, Effect.Kind.LAPSE);
    }

    @Override
    public Future<OrderCommand> execute(Step step) {
        return Future.succeededFuture(
                switch (step.key().kind()) {
                    case EXPIRE -> new OrderCommand.Expire();
                    case REVIEW -> new OrderCommand.ReviewOverdue();
                    case LAPSE ->
                        new OrderCommand.AuthorisationLapsed(step.key().operation());
                    case AUTHORISE, CAPTURE, VOID, REFUND, ASK_PROVIDER, DISPATCH, ASK_CARRIER ->
                        throw new IllegalArgumentException(step.key().kind() + " is no term");
                });
    }
}
