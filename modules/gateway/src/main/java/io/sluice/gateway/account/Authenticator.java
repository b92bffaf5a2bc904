package io.sluice.gateway.account;

import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Outcome;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.SubjectSnapshot;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells who makes a request, from its {@code Authorization} header. The token must be whole and current, its session must go
 * on, and the person must be there, at the token's epoch; roles are those of the token that the person still has.
 *
 * <p>Tokens that were found good are remembered by their hash until they expire, so that their signature is verified once;
 * session and person are looked at every time, within their leases.
 */
public final class Authenticator {

    // RFC 9110, 11.1: the scheme's case does not matter; RFC 6750, 2.1
    private static final Pattern BEARER = Pattern.compile("bearer +([^ ]+)", Pattern.CASE_INSENSITIVE);

    /** What this request's token says, once it was found good: it need not be hashed twice. */
    private static final String SAID = "sluice.token";

    private final AccessTokens tokens;
    private final Snapshots snapshots;
    private final SessionLeases sessions;
    private final InstantSource clock;
    private final VerifiedTokens verified;

    Authenticator(
            AccessTokens tokens,
            Snapshots snapshots,
            SessionLeases sessions,
            InstantSource clock,
            VerifiedTokens verified) {
        this.tokens = tokens;
        this.snapshots = snapshots;
        this.sessions = sessions;
        this.clock = clock;
        this.verified = verified;
    }

    /**
     * Who asks, or {@link SignInRefusal#TOKEN_MISSING} or {@link SignInRefusal#TOKEN_INVALID}. The Future fails, with
     * {@link io.sluice.kernel.Unavailable} as a rule, if it cannot be told.
     *
     * @param authorization the header's value; null if there is none
     */
    public Future<Outcome<Principal>> authenticate(@Nullable String authorization) {
        return authenticate(authorization, said -> {});
    }

    /** Who makes this request; see {@link #authenticate(String)}. May be asked again later, and looks again then. */
    public Future<Outcome<Principal>> authenticate(RoutingContext http) {
        AccessTokens.Claims said = http.get(SAID);
        if (said != null && clock.instant().isBefore(said.expiresAt())) {
            return stillGood(said);
        }
        List<String> headers = http.request().headers().getAll("Authorization");
        // of two of them, each of two readers might believe another one
        return headers.size() > 1
                ? invalid()
                : authenticate(headers.isEmpty() ? null : headers.getFirst(), read -> http.put(SAID, read));
    }

    private Future<Outcome<Principal>> authenticate(
            @Nullable String authorization, Consumer<AccessTokens.Claims> onRead) {
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        if (!bearer.matches()) {
            return Future.succeededFuture(Outcome.refused(SignInRefusal.TOKEN_MISSING));
        }
        String token = bearer.group(1);
        if (token.length() > AccessTokens.MAX_LENGTH) {
            return invalid();
        }
        return claims(token).compose(said -> {
            said.ifPresent(onRead);
            return said.isEmpty() ? invalid() : stillGood(said.get());
        });
    }

    private Future<Optional<AccessTokens.Claims>> claims(String token) {
        VerifiedTokens.Key key = VerifiedTokens.key(token);
        AccessTokens.Claims known = verified.find(key);
        if (known != null) {
            boolean isCurrent = clock.instant().isBefore(known.expiresAt());
            return Future.succeededFuture(isCurrent ? Optional.of(known) : Optional.empty());
        }
        return tokens.read(token).map(read -> {
            read.ifPresent(claims -> verified.remember(key, claims));
            return read;
        });
    }

    /** Person and session are asked about at the same time: each may take a look into the database. */
    private Future<Outcome<Principal>> stillGood(AccessTokens.Claims said) {
        Future<Optional<SubjectSnapshot>> person = snapshots.of(said.subject());
        Future<Boolean> goesOn = sessions.goesOn(said.sessionId());
        return Future.all(person, goesOn)
                .compose(both -> person.result()
                        .filter(found -> isTheSame(found, said) && goesOn.result())
                        .map(found -> Future.succeededFuture(principal(found, said)))
                        .orElseGet(Authenticator::invalid));
    }

    private static boolean isTheSame(SubjectSnapshot person, AccessTokens.Claims said) {
        return !person.erased() && person.sessionEpoch() == said.epoch();
    }

    private static Outcome<Principal> principal(SubjectSnapshot person, AccessTokens.Claims said) {
        return Outcome.done(
                new Principal(said.subject(), said.sessionId(), said.roles() & person.roles(), said.signedInAt()));
    }

    private static Future<Outcome<Principal>> invalid() {
        return Future.succeededFuture(Outcome.refused(SignInRefusal.TOKEN_INVALID));
    }
}
