package io.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Outcome;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.SubjectSnapshot;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    private final AccessTokens tokens;
    private final Snapshots snapshots;
    private final SessionLeases sessions;
    private final InstantSource clock;
    private final Cache<ByteBuffer, AccessTokens.Claims> verified;

    Authenticator(
            AccessTokens tokens,
            Snapshots snapshots,
            SessionLeases sessions,
            InstantSource clock,
            AccountSettings settings) {
        this.tokens = tokens;
        this.snapshots = snapshots;
        this.sessions = sessions;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(settings.maxKnownTokens())
                .expireAfterWrite(settings.accessTokenLife())
                .build();
    }

    /**
     * Who asks, or {@link SignInRefusal#TOKEN_MISSING} or {@link SignInRefusal#TOKEN_INVALID}. The Future fails, with
     * {@link io.sluice.kernel.Unavailable} as a rule, if it cannot be told.
     *
     * @param authorization the header's value; null if there is none
     */
    public Future<Outcome<Principal>> authenticate(@Nullable String authorization) {
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        if (!bearer.matches()) {
            return Future.succeededFuture(Outcome.refused(SignInRefusal.TOKEN_MISSING));
        }
        String token = bearer.group(1);
        if (token.length() > AccessTokens.MAX_LENGTH) {
            return invalid();
        }
        return claims(token).compose(said -> said.isEmpty() ? invalid() : stillGood(said.get()));
    }

    /** Who makes this request; see {@link #authenticate(String)}. */
    public Future<Outcome<Principal>> authenticate(RoutingContext http) {
        List<String> headers = http.request().headers().getAll("Authorization");
        // of two of them, each of two readers might believe another one
        return headers.size() > 1 ? invalid() : authenticate(headers.isEmpty() ? null : headers.getFirst());
    }

    private Future<Optional<AccessTokens.Claims>> claims(String token) {
        ByteBuffer key = ByteBuffer.wrap(sha256(token));
        AccessTokens.Claims known = verified.getIfPresent(key);
        if (known != null) {
            boolean isCurrent = clock.instant().isBefore(known.expiresAt());
            return Future.succeededFuture(isCurrent ? Optional.of(known) : Optional.empty());
        }
        return tokens.read(token).map(read -> {
            read.ifPresent(claims -> verified.put(key, claims));
            return read;
        });
    }

    private Future<Outcome<Principal>> stillGood(AccessTokens.Claims said) {
        return snapshots
                .of(said.subject())
                .compose(found -> found.filter(person -> isTheSame(person, said))
                        .map(person -> sessions.goesOn(said.sessionId())
                                .compose(
                                        goesOn -> goesOn ? Future.succeededFuture(principal(person, said)) : invalid()))
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

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
