package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may have an account under an address may order with it, and nobody else: one rule, and the contract's too. */
class EmailRuleIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static Contract contract;
    private static String token;
    private static String policyVersion;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        contract = new Contract(
                new JsonObject(shop.send(shop.request("/openapi.json").GET()).body()));
        token = shop.token("customer1");
        policyVersion =
                new JsonObject(shop.send(shop.request("/v1/policy").GET()).body()).getString("version");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada.lovelace@example.org",
                "O'Neill+shop@sub.example.com",
                "b\u00fcro@m\u00fcller.example",
                "\u7528\u6237@\u4f8b\u5b50.example",
                "_@a-b.example"
            })
    void whatIsAnAddressIsOneEverywhere(String address) throws Exception {
        assertThat(contract.faults("Email", address)).isEmpty();
        assertThat(register(address).statusCode()).isEqualTo(201);
        assertThat(place(withContact(address)).statusCode()).isEqualTo(201);
        assertThat(place(withRecipient(address)).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "@example.org",
                "ada@localhost",
                "ada@example..org",
                "a da@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "ada@-example.org",
                "ada@exa_mple.org",
                "ada@[example.org]",
                "ada<script>@example.org",
                "ada,eve@example.org",
                "(ada)@example.org"
            })
    void whatIsNoneIsNoneAnywhere(String address) throws Exception {
        assertThat(contract.faults("Email", address)).isNotEmpty();
        ProblemAnswer.of(422, "request.invalid-field", "/email").isSaidBy(register(address));
        ProblemAnswer.of(422, "request.invalid-field", "/contact/email").isSaidBy(place(withContact(address)));
        ProblemAnswer.of(422, "request.invalid-field", "/recipient/email").isSaidBy(place(withRecipient(address)));
    }

    private static JsonObject withContact(String address) {
        return Shop.order(shop.freshProduct()).put("contact", new JsonObject().put("email", address));
    }

    private static JsonObject withRecipient(String address) {
        return Shop.order(shop.freshProduct())
                .put("recipient", new JsonObject().put("name", "Bo Ek").put("email", address));
    }

    private static HttpResponse<String> place(JsonObject order) throws Exception {
        return shop.place(token, UUID.randomUUID().toString(), order.encode());
    }

    private static HttpResponse<String> register(String address) throws Exception {
        JsonObject newcomer = new JsonObject()
                .put("email", address)
                .put("password", "correct horse battery")
                .put("name", "Ada Berg")
                .put("locale", "sv-SE")
                .put("country", "SE")
                .put("consents", new JsonObject().put("shipment", true))
                .put("policy_version", policyVersion);
        return shop.send(shop.request("/v1/accounts")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(newcomer.encode())));
    }
}
