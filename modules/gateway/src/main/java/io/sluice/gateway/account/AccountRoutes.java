package io.sluice.gateway.account;

import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Origins;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Outcome;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Registration, sessions, and the public keys, over HTTP. */
final class AccountRoutes implements Routes {

    // how long others may go by a set of keys that they have fetched
    private static final String KEYS_CACHED = "public, max-age=300";

    private final Registration registration;
    private final SignIn signIn;
    private final AccessTokens tokens;
    private final SignedIn signedIn;
    private final AttemptLimit attempts;
    private final Origins origins;

    AccountRoutes(
            Registration registration,
            SignIn signIn,
            AccessTokens tokens,
            SignedIn signedIn,
            AttemptLimit attempts,
            Origins origins) {
        this.registration = registration;
        this.signIn = signIn;
        this.tokens = tokens;
        this.signedIn = signedIn;
        this.attempts = attempts;
        this.origins = origins;
    }

    @Override
    public void mount(Router router) {
        router.post("/v1/accounts").handler(http -> Answers.guarded(http, () -> register(http)));
        router.post("/v1/sessions").handler(http -> Answers.guarded(http, () -> signIn(http)));
        router.post("/v1/sessions/refresh").handler(http -> Answers.guarded(http, () -> refresh(http)));
        router.delete("/v1/sessions").handler(signedIn.anybody(this::signOut));
        router.get("/.well-known/jwks.json").handler(this::keys);
    }

    private void register(RoutingContext http) {
        Newcomer newcomer = AccountReading.newcomer(http);
        Answers.answer(
                http,
                registration.register(newcomer),
                subject -> Answers.json(http, 201, json -> {
                    json.writeStartObject();
                    json.writeStringField("id", subject.toString());
                    json.writeEndObject();
                }));
    }

    private void signIn(RoutingContext http) {
        AccountReading.Credentials given = AccountReading.credentials(http);
        Future<Outcome<Tokens>> signedIn = signIn.signIn(origins.of(http.request()), given.email(), given.password());
        Answers.answer(http, signedIn.onSuccess(outcome -> sayHowLong(http, outcome)), granted -> give(http, granted));
    }

    private void sayHowLong(RoutingContext http, Outcome<Tokens> outcome) {
        if (outcome instanceof Outcome.Refused<Tokens> refused && refused.is(SignInRefusal.TOO_MANY_ATTEMPTS)) {
            http.response().putHeader("Retry-After", Long.toString(attempts.retryAfterSeconds()));
        }
    }

    private void refresh(RoutingContext http) {
        String token = AccountReading.refreshToken(http);
        Answers.answer(http, signIn.refresh(token), granted -> give(http, granted));
    }

    private static void give(RoutingContext http, Tokens granted) {
        Answers.json(http, 201, json -> {
            json.writeStartObject();
            json.writeStringField("access_token", granted.access());
            json.writeStringField("refresh_token", granted.refresh());
            json.writeNumberField("expires_in", granted.expiresInSeconds());
            json.writeEndObject();
        });
    }

    private void signOut(RoutingContext http, Principal who) {
        Answers.answer(
                http,
                signIn.signOut(who),
                done -> http.response()
                        .setStatusCode(204)
                        .end()
                        .onFailure(gone -> http.response().reset()));
    }

    private void keys(RoutingContext http) {
        Answers.end(
                http,
                http.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", KEYS_CACHED),
                tokens.jwks().toBuffer());
    }
}
