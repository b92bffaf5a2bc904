package io.sluice.gateway.account;

import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads access tokens: JWT, RS256, of our own issue. Reading closes what {@code JWTAuth} leaves open: it would take
 * unsigned tokens if it had no key, tokens without {@code exp}, and others' algorithms.
 */
final class AccessTokens {

    /** Longer ones are not looked at. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final String ALGORITHM = "RS256";
    private static final Pattern THREE_PARTS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final Set<String> KNOWN_HEADERS = Set.of("alg", "typ", "kid");
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final JWTAuth jwt;
    private final List<SigningKey> keys;
    private final AccountSettings settings;
    private final InstantSource clock;

    /** What a token says, all of it required. */
    record Claims(SubjectId subject, UUID sessionId, long epoch, int roles, Instant signedInAt, Instant expiresAt) {}

    /**
     * @param keys the first one signs, all verify
     * @throws IllegalStateException if there is none: without a key anything would pass for a token
     */
    AccessTokens(Vertx vertx, List<SigningKey> keys, AccountSettings settings, InstantSource clock) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("no key to sign access tokens with");
        }
        this.keys = List.copyOf(keys);
        this.settings = settings;
        this.clock = clock;
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions()
                        .setAlgorithm(ALGORITHM)
                        .setIssuer(settings.issuer())
                        .setAudience(List.of(settings.audience()))
                        // expiry is ours to judge, by the injected clock
                        .setIgnoreExpiration(true));
        for (SigningKey key : keys) {
            options.addPubSecKey(half(key, key.publicPem()));
        }
        options.addPubSecKey(half(keys.get(0), keys.get(0).privatePem()));
        this.jwt = JWTAuth.create(vertx, options);
    }

    private static PubSecKeyOptions half(SigningKey key, String pem) {
        return new PubSecKeyOptions().setAlgorithm(ALGORITHM).setId(key.id()).setBuffer(pem);
    }

    String issue(SubjectId subject, UUID sessionId, long epoch, long roles, Instant signedInAt) {
        long now = clock.instant().getEpochSecond();
        JsonObject claims = new JsonObject()
                .put("sub", subject.toString())
                .put("sid", sessionId.toString())
                .put("epoch", epoch)
                .put("roles", roles)
                .put("auth_time", signedInAt.getEpochSecond())
                .put("iss", settings.issuer())
                .put("aud", new JsonArray().add(settings.audience()))
                .put("iat", now)
                .put("exp", now + settings.accessTokenLife().toSeconds());
        return jwt.generateToken(
                claims,
                new JWTOptions()
                        .setAlgorithm(ALGORITHM)
                        .setNoTimestamp(true)
                        .setHeader(new JsonObject().put("kid", keys.get(0).id())));
    }

    /** The public keys, as {@code /.well-known/jwks.json} shows them. */
    JsonObject jwks() {
        JsonArray all = new JsonArray();
        keys.forEach(key -> all.add(key.jwk()));
        return new JsonObject().put("keys", all);
    }

    /** What a token of ours says; empty if it is none, or not now. */
    Future<Optional<Claims>> read(String token) {
        if (!looksLikeOurs(token)) {
            return Future.succeededFuture(Optional.empty());
        }
        // composed, because the library throws at claims of another type than it expects
        return Future.succeededFuture(new TokenCredentials(token))
                .compose(jwt::authenticate)
                .map(user -> claims(user.attributes().getJsonObject("accessToken")))
                // a token that is not good is an answer; what exactly is wrong with it is nobody's business
                .otherwise(notGood -> Optional.empty());
    }

    private static boolean looksLikeOurs(String token) {
        if (token.length() > MAX_LENGTH || !THREE_PARTS.matcher(token).matches()) {
            return false;
        }
        try {
            String head = token.substring(0, token.indexOf('.'));
            JsonObject header = new JsonObject(new String(Base64.getUrlDecoder().decode(head), StandardCharsets.UTF_8));
            return ALGORITHM.equals(header.getValue("alg"))
                    && header.getValue("kid") instanceof String
                    && KNOWN_HEADERS.containsAll(header.fieldNames());
        } catch (IllegalArgumentException | DecodeException notAHeader) {
            // not base64 or not JSON: not ours
            return false;
        }
    }

    /** Required after the library's own checks as much as before: it lets most claims be missing. */
    private Optional<Claims> claims(JsonObject said) {
        try {
            Instant issuedAt = instant(said, "iat");
            Instant expiresAt = instant(said, "exp");
            Instant now = clock.instant();
            boolean isCurrent = now.isBefore(expiresAt)
                    && !issuedAt.isAfter(now.plus(LEEWAY))
                    && !expiresAt.isAfter(issuedAt.plus(settings.accessTokenLife()))
                    && !said.containsKey("nbf");
            boolean isOurs = settings.issuer().equals(said.getValue("iss")) && isForUs(said.getValue("aud"));
            return isCurrent && isOurs
                    ? Optional.of(new Claims(
                            new SubjectId(UUID.fromString(text(said, "sub"))),
                            UUID.fromString(text(said, "sid")),
                            number(said, "epoch"),
                            Math.toIntExact(number(said, "roles")),
                            instant(said, "auth_time"),
                            expiresAt))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
            // signed, but not one of ours in form: no token
            return Optional.empty();
        }
    }

    private boolean isForUs(@Nullable Object audience) {
        return audience instanceof JsonArray audiences
                ? audiences.contains(settings.audience())
                : settings.audience().equals(audience);
    }

    private static Instant instant(JsonObject said, String claim) {
        return Instant.ofEpochSecond(number(said, claim));
    }

    private static long number(JsonObject said, String claim) {
        if (said.getValue(claim) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(claim);
    }

    private static String text(JsonObject said, String claim) {
        if (said.getValue(claim) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(claim);
    }
}
