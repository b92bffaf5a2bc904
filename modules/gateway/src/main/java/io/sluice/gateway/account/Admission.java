package io.sluice.gateway.account;

import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Origins;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.RequestBudgets;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.guard.Outcome;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets as many requests in as their maker may make, before their bodies are read, and answers the others 429.
 *
 * <p>A request with a good token is its owner's, whatever address it comes from: whoever can say who they are is not refused for
 * the sake of others behind the same address. One without, or with a token that is not good, is its address's, so that making
 * tokens up gains nothing. It lets nobody in as somebody: that is {@link SignedIn}'s, once the body is there.
 */
public final class Admission implements Handler<RoutingContext> {

    private final Authenticator authenticator;
    private final Origins origins;
    private final RequestBudgets budgets;

    public Admission(Authenticator authenticator, Origins origins, RequestBudgets budgets) {
        this.authenticator = authenticator;
        this.origins = origins;
        this.budgets = budgets;
    }

    @Override
    public void handle(RoutingContext http) {
        if (!http.request().headers().contains("Authorization")) {
            admit(http, budgets.take(origins.of(http.request())));
            return;
        }
        Future<Outcome<Principal>> who = authenticator.authenticate(http);
        if (who.isComplete()) {
            admit(http, who);
            return;
        }
        // the body must not come before somebody is there to read it
        http.request().pause();
        Context here = http.vertx().getOrCreateContext();
        who.onComplete(told -> here.runOnContext(now -> {
            admit(http, told);
            http.request().resume();
        }));
    }

    private void admit(RoutingContext http, AsyncResult<Outcome<Principal>> who) {
        // nobody is somebody as long as it cannot be told; whether that is a 503 is for the route to say
        admit(
                http,
                who.succeeded() && who.result() instanceof Outcome.Done<Principal> somebody
                        ? budgets.take(somebody.value().subject())
                        : budgets.take(origins.of(http.request())));
    }

    private static void admit(RoutingContext http, long seconds) {
        if (seconds == 0) {
            http.next();
            return;
        }
        http.response().putHeader("Retry-After", Long.toString(seconds));
        Answers.problem(http, Problems.of(RequestRefusal.TOO_MANY));
    }
}
