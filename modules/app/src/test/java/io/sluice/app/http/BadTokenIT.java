package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.vault.keystore.KeystoreFile;
import io.sluice.vault.keystore.SigningKeyPair;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders by nobody, and by somebody else than they say: refused, and forgotten. */
class BadTokenIT {

    private static final ProblemAnswer MISSING = ProblemAnswer.of(401, "auth.token-missing");
    private static final ProblemAnswer INVALID = ProblemAnswer.of(401, "auth.token-invalid");
    private static final ProblemAnswer NOT_FOUND = ProblemAnswer.of(404, "order.not-found");

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String genuine;
    private static TokenForge pattern;
    private static SigningKeyPair ours;
    private static PrivateKey anothers;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        genuine = shop.token("customer1");
        pattern = new TokenForge(genuine);
        String password = Files.readString(dataDir.resolve("secrets/vault.keystore.password"))
                .strip();
        ours = KeystoreFile.open(dataDir.resolve("keys/keystore"), password)
                .signingKeys()
                .getFirst();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        anothers = generator.generateKeyPair().getPrivate();
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    /** A token that must not be believed. */
    enum Forged {
        WITHOUT_A_SIGNATURE,
        WITH_AN_EMPTY_SIGNATURE,
        WITHOUT_AN_ALGORITHM_AND_WITH_A_SIGNATURE,
        WITHOUT_EXPIRY,
        EXPIRED,
        LIVING_TOO_LONG,
        FROM_THE_FUTURE,
        NOT_YET_VALID,
        SIGNED_BY_ANOTHER_KEY,
        SIGNED_BY_ANOTHER_KEY_THAT_IT_BRINGS_ALONG,
        SIGNED_BY_NO_KEY_OF_OURS,
        SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET,
        WITH_ROLES_ADDED_AFTERWARDS,
        OF_ANOTHER_ISSUER,
        FOR_ANOTHER_AUDIENCE,
        OF_NOBODY,
        OF_A_SESSION_THAT_NEVER_WAS,
        OF_A_PERSON_WHO_NEVER_WAS;

        String token() {
            JsonObject header = pattern.header();
            JsonObject claims = pattern.claims();
            long now = Instant.now().getEpochSecond();
            return switch (this) {
                case WITHOUT_A_SIGNATURE -> TokenForge.unsigned(header.put("alg", "none"), claims);
                case WITH_AN_EMPTY_SIGNATURE -> TokenForge.unsigned(header.put("alg", "none"), claims) + ".";
                case WITHOUT_AN_ALGORITHM_AND_WITH_A_SIGNATURE ->
                    TokenForge.unsigned(header.put("alg", "none"), claims) + signature(genuine);
                case WITHOUT_EXPIRY -> signed(without(claims, "exp"));
                case EXPIRED -> signed(claims.put("iat", now - 601).put("exp", now - 1));
                case LIVING_TOO_LONG -> signed(claims.put("exp", now + 86_400));
                case FROM_THE_FUTURE -> signed(claims.put("iat", now + 60).put("exp", now + 600));
                case NOT_YET_VALID -> signed(claims.put("nbf", now + 60));
                case SIGNED_BY_ANOTHER_KEY -> TokenForge.rs256(header, claims, anothers);
                case SIGNED_BY_ANOTHER_KEY_THAT_IT_BRINGS_ALONG ->
                    TokenForge.rs256(header.put("jku", "http://127.0.0.1:1/jwks.json"), claims, anothers);
                case SIGNED_BY_NO_KEY_OF_OURS -> TokenForge.rs256(header.put("kid", "another"), claims, anothers);
                case SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET ->
                    TokenForge.hs256(header.put("alg", "HS256"), claims, ours.publicKey());
                case WITH_ROLES_ADDED_AFTERWARDS ->
                    TokenForge.unsigned(header, claims.put("roles", 127)) + signature(genuine);
                case OF_ANOTHER_ISSUER -> signed(claims.put("iss", "another"));
                case FOR_ANOTHER_AUDIENCE -> signed(claims.put("aud", new JsonArray().add("another")));
                case OF_NOBODY -> signed(without(claims, "sub"));
                case OF_A_SESSION_THAT_NEVER_WAS ->
                    signed(claims.put("sid", UUID.randomUUID().toString()));
                case OF_A_PERSON_WHO_NEVER_WAS ->
                    signed(claims.put("sub", UUID.randomUUID().toString()));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedTokenIsRefusedAndItsOrderForgotten(Forged forged) throws Exception {
        isRefusedAndForgotten(INVALID, "Bearer " + forged.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer a.b.c", "bearer ..", "Bearer x y"})
    void whatIsNoTokenIsRefusedAndItsOrderForgotten(String header) throws Exception {
        isRefusedAndForgotten(header.contains("x y") ? MISSING : INVALID, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic YTpi", "Token x"})
    void anotherSchemeIsNoTokenAtAll(String header) throws Exception {
        isRefusedAndForgotten(MISSING, header);
    }

    @Test
    void oneOfOursMadeByHandIsBelieved() throws Exception {
        HttpResponse<String> answer = place(shop.freshProduct(), "by-hand", "Bearer " + signed(pattern.claims()));

        assertThat(answer.statusCode())
                .as("so the forgeries fail for their fault alone")
                .isEqualTo(201);
    }

    @Test
    void whoMakesTheRequestIsAskedBeforeAnythingElse() throws Exception {
        HttpResponse<String> answer = shop.send(
                shop.request("/v1/orders").POST(HttpRequest.BodyPublishers.ofString("neither key nor type nor JSON")));

        MISSING.isSaidBy(answer);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void twoTokensAreNone() throws Exception {
        HttpResponse<String> answer = shop.send(shop.request("/v1/orders")
                .header("Authorization", "Bearer " + genuine)
                .header("Authorization", "Bearer " + genuine)
                .GET());

        INVALID.isSaidBy(answer);
    }

    @Test
    void anothersOrderIsNotFoundAndStaysAsItIs() throws Exception {
        HttpResponse<String> placed = place(shop.freshProduct(), "mine", "Bearer " + genuine);
        String path = "/v1/orders/" + new JsonObject(placed.body()).getString("id");
        String another = shop.token("customer2");

        for (String read : List.of(path, path + "/events")) {
            NOT_FOUND.isSaidBy(shop.get(another, read));
        }
        NOT_FOUND.isSaidBy(shop.send(shop.request(path + "/cancel")
                .header("Authorization", "Bearer " + another)
                .POST(HttpRequest.BodyPublishers.noBody())));
        NOT_FOUND.isSaidBy(shop.send(shop.request(path + "/events")
                .header("Authorization", "Bearer " + another)
                .header("Accept", "text/event-stream")
                .GET()));

        assertThat(shop.get(genuine, path).statusCode()).isEqualTo(200);
        assertThat(new JsonObject(shop.get(genuine, path).body()).getString("state"))
                .doesNotStartWith("CANCEL");
        assertThat(shop.get(another, "/v1/orders").body()).doesNotContain(path.substring("/v1/orders/".length()));
    }

    @Test
    void anothersOrderAndNoOrderAreAnsweredAlike() throws Exception {
        HttpResponse<String> placed = place(shop.freshProduct(), "also-mine", "Bearer " + genuine);
        String another = shop.token("customer2");

        HttpResponse<String> anothers =
                shop.get(another, "/v1/orders/" + new JsonObject(placed.body()).getString("id"));
        HttpResponse<String> nobodys = shop.get(another, "/v1/orders/" + UUID.randomUUID());

        assertThat(without(new JsonObject(anothers.body()), "trace_id"))
                .isEqualTo(without(new JsonObject(nobodys.body()), "trace_id"));
    }

    @Test
    void aCustomerIsNoStaff() throws Exception {
        HttpResponse<String> placed = place(shop.freshProduct(), "mine-again", "Bearer " + genuine);
        String id = new JsonObject(placed.body()).getString("id");

        HttpResponse<String> answer = shop.send(shop.request("/v1/staff/orders/" + id)
                .header("Authorization", "Bearer " + genuine)
                .header("Purpose", "customer_assistance")
                .header("Case", "case-1")
                .GET());

        ProblemAnswer.of(403, "auth.role-missing").isSaidBy(answer);
    }

    private static void isRefusedAndForgotten(ProblemAnswer problem, String authorization) throws Exception {
        String sku = shop.freshProduct();
        String key = UUID.randomUUID().toString();
        Stored before = shop.stored(sku);

        HttpResponse<String> refused = place(sku, key, authorization);

        problem.isSaidBy(refused);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(shop.stored(sku)).as("nothing of it is stored").isEqualTo(before);
        assertThat(place(sku, key, "Bearer " + genuine).statusCode()).isEqualTo(201);
        assertThat(shop.stored(sku)).isEqualTo(before.afterOneOrderOf(2));
    }

    private static HttpResponse<String> place(String sku, String key, String authorization) throws Exception {
        return shop.send(shop.request("/v1/orders")
                .header("Authorization", authorization)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Shop.order(sku).encode())));
    }

    private static String signed(JsonObject claims) {
        return TokenForge.rs256(pattern.header(), claims, ours.privateKey());
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.'));
    }

    private static JsonObject without(JsonObject claims, String name) {
        JsonObject rest = claims.copy();
        assertThat(rest.remove(name)).isNotNull();
        return rest;
    }
}
