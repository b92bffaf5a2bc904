package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Outcome;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final SigningKey OURS = Forge.key("2026-11");
    private static final SigningKey OLD = Forge.key("2026-10");
    private static final SigningKey FOREIGN = Forge.key("2026-11");

    private final Vertx vertx = Vertx.vertx();
    private final Doorway doorway = new Doorway(vertx, List.of(OURS, OLD));
    private final SubjectId ada = doorway.person(Role.CUSTOMER);
    private final UUID session = doorway.session();

    @AfterEach
    void close() throws Exception {
        vertx.close().await();
    }

    @Test
    void aTokenOfOursIsItsOwners() {
        Outcome<Principal> who = doorway.authenticate("Bearer " + token());

        assertThat(who).isEqualTo(Outcome.done(new Principal(ada, session, Role.CUSTOMER.mask(), doorway.now())));
    }

    @Test
    void aTokenSignedByARetiredKeyIsGoodAsLongAsTheKeyIsPublished() {
        String token = Forge.sign(OLD, doorway.claims(ada, session));

        assertThat(doorway.authenticate("Bearer " + token)).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Token abc", "Bearer a b"})
    void withoutABearerTokenThereIsNobody(@Nullable String header) {
        assertThat(doorway.authenticate(header)).isEqualTo(Outcome.refused(SignInRefusal.TOKEN_MISSING));
    }

    static Stream<Named<Consumer<JsonObject>>> forgeries() {
        return Stream.of(
                Named.of("no exp", claims -> claims.remove("exp")),
                Named.of("no iat", claims -> claims.remove("iat")),
                Named.of("no sub", claims -> claims.remove("sub")),
                Named.of("no iss", claims -> claims.remove("iss")),
                Named.of("no aud", claims -> claims.remove("aud")),
                Named.of("no session", claims -> claims.remove("sid")),
                Named.of("no epoch", claims -> claims.remove("epoch")),
                Named.of("expired", claims -> later(claims, -3600)),
                Named.of("from the future", claims -> later(claims, 3600)),
                Named.of("long-lived", claims -> claims.put("exp", claims.getLong("exp") + 86_400)),
                Named.of("exp as a text", claims -> claims.put("exp", "" + claims.getLong("exp"))),
                Named.of("foreign issuer", claims -> claims.put("iss", "https://elsewhere.example")),
                Named.of("foreign audience", claims -> claims.put("aud", new JsonArray().add("elsewhere"))),
                Named.of("subject that is no id", claims -> claims.put("sub", "admin")),
                Named.of(
                        "unknown subject",
                        claims -> claims.put("sub", UUID.randomUUID().toString())),
                Named.of(
                        "unknown session",
                        claims -> claims.put("sid", UUID.randomUUID().toString())),
                Named.of("earlier epoch", claims -> claims.put("epoch", -1)));
    }

    private static void later(JsonObject claims, int seconds) {
        claims.put("iat", claims.getLong("iat") + seconds).put("exp", claims.getLong("exp") + seconds);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aSignedTokenThatDoesNotSayAllThatItMustIsNobodys(Consumer<JsonObject> change) {
        JsonObject claims = doorway.claims(ada, session);
        assertThat(doorway.authenticate("Bearer " + Forge.sign(OURS, claims)))
                .as("the same token, unchanged")
                .isInstanceOf(Outcome.Done.class);

        change.accept(claims);

        assertThat(doorway.authenticate("Bearer " + Forge.sign(OURS, claims))).isEqualTo(refused());
    }

    static Stream<Named<java.util.function.Function<JsonObject, String>>> impostors() {
        return Stream.of(
                Named.of("signed by another's key of the same name", claims -> Forge.sign(FOREIGN, claims)),
                Named.of("unsigned, two parts", Forge::unsigned),
                Named.of("unsigned, three parts", claims -> Forge.unsigned(claims) + "."),
                Named.of(
                        "alg none",
                        claims -> Forge.signed(OURS, Forge.header(OURS).put("alg", "none"), claims)),
                Named.of("HS256 with the public key as secret", claims -> Forge.hmac(OURS, claims)),
                Named.of("no kid", claims -> Forge.signed(OURS, without(Forge.header(OURS), "kid"), claims)),
                Named.of(
                        "unknown kid",
                        claims -> Forge.signed(OURS, Forge.header(OURS).put("kid", "x"), claims)),
                Named.of("crit", claims -> Forge.signed(OURS, Forge.header(OURS).put("crit", "exp"), claims)),
                Named.of(
                        "jwk in the header",
                        claims -> Forge.signed(FOREIGN, Forge.header(OURS).put("jwk", FOREIGN.jwk()), claims)),
                Named.of("claims changed after signing", claims -> Forge.tampered(OURS, claims)),
                Named.of("four parts", claims -> Forge.sign(OURS, claims) + ".x"),
                Named.of("too long", claims -> Forge.sign(OURS, claims.put("pad", "x".repeat(9000)))),
                Named.of("garbage", claims -> "a.b.c"));
    }

    private static JsonObject without(JsonObject object, String key) {
        object.remove(key);
        return object;
    }

    @ParameterizedTest
    @MethodSource("impostors")
    void aTokenThatWeDidNotSignIsNobodys(java.util.function.Function<JsonObject, String> forge) {
        String token = forge.apply(doorway.claims(ada, session));

        assertThat(doorway.authenticate("Bearer " + token)).isEqualTo(refused());
    }

    @Test
    void aRememberedTokenExpiresAllTheSame() {
        String token = token();
        assertThat(doorway.authenticate("Bearer " + token)).isInstanceOf(Outcome.Done.class);

        doorway.later(Duration.ofMinutes(10));

        assertThat(doorway.authenticate("Bearer " + token)).isEqualTo(refused());
    }

    @Test
    void aSessionThatHasEndedIsNoticedWithinItsLease() {
        String token = token();
        assertThat(doorway.authenticate("Bearer " + token)).isInstanceOf(Outcome.Done.class);

        doorway.endSession(session);
        doorway.later(Duration.ofSeconds(2));

        assertThat(doorway.authenticate("Bearer " + token)).isEqualTo(refused());
    }

    @Test
    void anErasedPersonsTokenIsNobodys() {
        String token = token();

        doorway.erase(ada);

        assertThat(doorway.authenticate("Bearer " + token)).isEqualTo(refused());
    }

    @Test
    void aRevokedEpochVoidsEarlierTokens() {
        String token = token();

        doorway.revokeSessions(ada);

        assertThat(doorway.authenticate("Bearer " + token)).isEqualTo(refused());
    }

    @Test
    void aRoleThatWasTakenAwayIsNotInAnOldToken() {
        SubjectId support = doorway.person(Role.CUSTOMER, Role.SUPPORT);
        String token = doorway.token(support, session);

        doorway.grant(support, Role.CUSTOMER);

        assertThat(doorway.authenticate("Bearer " + token)
                        .map(principal -> principal.has(Role.SUPPORT) || !principal.has(Role.CUSTOMER)))
                .isEqualTo(Outcome.done(false));
    }

    @Test
    void aRoleThatWasGivenLaterTakesANewToken() {
        String token = token();

        doorway.grant(ada, Role.CUSTOMER, Role.OPERATOR);

        assertThat(doorway.authenticate("Bearer " + token).map(principal -> principal.has(Role.OPERATOR)))
                .isEqualTo(Outcome.done(false));
    }

    @Test
    void whatCannotBeToldIsAFaultAndNoPassage() {
        String token = token();

        doorway.loseDatabase();

        assertThatThrownBy(() -> doorway.authenticate("Bearer " + token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void withoutAKeyThereIsNoStart() {
        assertThatIllegalStateException().isThrownBy(() -> new Doorway(vertx, List.of()));
    }

    private String token() {
        return doorway.token(ada, session);
    }

    private static Outcome<Principal> refused() {
        return Outcome.refused(SignInRefusal.TOKEN_INVALID);
    }
}
