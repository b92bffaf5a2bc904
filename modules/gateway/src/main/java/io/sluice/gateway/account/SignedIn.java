package io.sluice.gateway.account;

import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Outcome;
import io.sluice.kernel.Role;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Lets a request through to its handler only as somebody. */
public final class SignedIn {

    private final Authenticator authenticator;

    public SignedIn(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** A handler that knows who asks. What it throws is answered. */
    @FunctionalInterface
    public interface As {
        void handle(RoutingContext http, Principal who);
    }

    /** Anybody who is signed in. */
    public Handler<RoutingContext> anybody(As handler) {
        return http -> authenticator
                .authenticate(http)
                .onSuccess(outcome -> {
                    switch (outcome) {
                        case Outcome.Done<Principal> done ->
                            Answers.guarded(http, () -> handler.handle(http, done.value()));
                        case Outcome.Refused<Principal> refused -> Answers.refused(http, refused);
                    }
                })
                .onFailure(cause -> Answers.failed(http, cause));
    }

    /** Somebody who has one of these roles. */
    public Handler<RoutingContext> withRole(As handler, Role... roles) {
        return anybody((http, who) -> {
            for (Role role : roles) {
                if (who.has(role)) {
                    handler.handle(http, who);
                    return;
                }
            }
            Answers.problem(http, Problems.of(SignInRefusal.ROLE_MISSING));
        });
    }
}
