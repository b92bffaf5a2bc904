package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server says and what its contract says are the same: journeys through the whole API are recorded, each exchange is
 * held against the contract that the node itself serves, and at last the contract against all that was recorded.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static Contract contract;
    private static Recording recording;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("auth.wrong_passwords_per_minute", "2", "orders.auto_dispatch", "false"));
        contract = new Contract(
                new JsonObject(shop.send(shop.request("/openapi.json").GET()).body()));
        recording = new Recording(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    @Order(1)
    void lookingAroundIsAsTheContractSays() throws Exception {
        JsonObject page = json(recording.call("GET", "/v1/products?limit=2"));
        recording.call("GET", "/v1/products?limit=100&cursor=" + page.getString("next"));
        JsonObject wanted = new JsonObject()
                .put("currency", "EUR")
                .put("lines", Shop.order("SL-0001").getJsonArray("lines"))
                .put("delivery", new JsonObject().put("country", "SE"));
        recording.send("POST", "/v1/quotes", wanted);
        recording.send("POST", "/v1/quotes", wanted.copy().put("currency", "USD"));
        String version = json(recording.call("GET", "/v1/policy")).getString("version");
        recording.call("GET", "/v1/policy/versions");
        recording.call("GET", "/v1/policy/versions/" + version);
        recording.call("GET", "/.well-known/jwks.json");
        recording.call("GET", "/problems/request.unknown-field");

        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(2)
    void anAccountsLifeIsAsTheContractSays() throws Exception {
        String version = json(recording.call("GET", "/v1/policy")).getString("version");
        JsonObject credentials =
                new JsonObject().put("email", "ada@contract.example.org").put("password", "correct horse battery");
        JsonObject registration = credentials
                .copy()
                .put("name", "Ada Berg")
                .put("locale", "sv-SE")
                .put("country", "SE")
                .put(
                        "consents",
                        new JsonObject().put("transaction_verification", true).put("shipment", true))
                .put("policy_version", version);
        assertThat(recording.send("POST", "/v1/accounts", registration).status())
                .isEqualTo(201);
        JsonObject tokens = json(recording.send("POST", "/v1/sessions", credentials));
        JsonObject next = json(recording.send(
                "POST",
                "/v1/sessions/refresh",
                new JsonObject().put("refresh_token", tokens.getString("refresh_token"))));
        String bearer = "Bearer " + next.getString("access_token");
        recording.call("GET", "/v1/me/consents", "Authorization", bearer);
        recording.send(
                "PUT",
                "/v1/me/consents/service_improvement",
                new JsonObject().put("granted", true),
                "Authorization",
                bearer);
        recording.call("GET", "/v1/me/consents", "Authorization", bearer);
        assertThat(recording
                        .call("DELETE", "/v1/sessions", "Authorization", bearer)
                        .status())
                .isEqualTo(204);

        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(3)
    void anOrdersLifeIsAsTheContractSays() throws Exception {
        String bearer = "Bearer " + shop.token("customer1");
        JsonObject order = Shop.order(shop.freshProduct())
                .put("recipient", new JsonObject().put("name", "Bo Ek").put("email", "bo@example.org"))
                .put("contact", new JsonObject().put("email", "nora@example.org"));
        order.getJsonObject("delivery")
                .put("line2", "tr. 2")
                .put("region", "Uppland")
                .put("phone", "+46701740693");
        Exchange placed = place(bearer, order, "Prefer", "wait=5");
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        String path = "/v1/orders/" + json(placed).getString("id");
        Exchange shown = recording.call("GET", path, "Authorization", bearer);
        sendOut(path, bearer);
        assertThat(awaitState(path, bearer, "CLOSED").getString("payment_status"))
                .isEqualTo("captured");
        Exchange closed = recording.call("GET", path, "Authorization", bearer);
        assertThat(recording
                        .call(
                                "GET",
                                path,
                                "Authorization",
                                bearer,
                                "If-None-Match",
                                closed.answered().firstValue("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
        recording.call("GET", path + "/events?limit=3", "Authorization", bearer);
        assertThat(contract.faults("Event", recording.firstEvent(path + "/events", "Authorization", bearer)))
                .isEmpty();

        assertThat(shown.status()).isEqualTo(200);
        sendBack(path, bearer, "authorise", "receive", "refund");
        sendBack(path, bearer, "authorise", "discard", "reject");
        assertThat(allFaults()).isEmpty();
    }

    /** One piece comes back, and staff take its return those steps further. */
    private static void sendBack(String path, String bearer, String... steps) throws Exception {
        Exchange asked = recording.send(
                "POST", path + "/returns", lines(0, 1).put("reason", "unwanted"), "Authorization", bearer);
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        JsonArray returns = json(asked).getJsonArray("returns");
        String id = returns.getJsonObject(returns.size() - 1).getString("id");
        for (String step : steps) {
            Exchange done = recording.call(
                    "POST",
                    path.replace("/orders/", "/staff/orders/") + "/returns/" + id + "/" + step,
                    "Authorization",
                    "Bearer " + shop.token("operator"),
                    "Purpose",
                    "refund_management",
                    "Case",
                    "case-1");
            assertThat(done.status()).as(done.body()).isEqualTo(200);
        }
    }

    @Test
    @Order(4)
    void whatEndsOtherwiseIsAsTheContractSays() throws Exception {
        String bearer = "Bearer " + shop.token("customer2");
        Exchange declined = place(bearer, paidBy("pm_card_declined"), "Prefer", "wait=10");
        Exchange challenged = place(bearer, paidBy("pm_card_3ds"), "Prefer", "wait=10");
        assertThat(json(challenged).getString("payment_status")).isEqualTo("requires_action");
        String path = "/v1/orders/" + json(challenged).getString("id");
        assertThat(recording
                        .call("POST", path + "/cancel", "Authorization", bearer)
                        .status())
                .isEqualTo(200);
        awaitState(path, bearer, "CANCELLED");
        awaitState("/v1/orders/" + json(declined).getString("id"), bearer, "REJECTED");
        recording.call("GET", path, "Authorization", bearer);
        JsonObject page = json(recording.call("GET", "/v1/orders?limit=1", "Authorization", bearer));
        recording.call("GET", "/v1/orders?cursor=" + page.getString("next"), "Authorization", bearer);

        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(5)
    void whatStaffDoIsAsTheContractSays() throws Exception {
        String bearer = "Bearer " + shop.token("customer1");
        String id = json(place(bearer, Shop.order(shop.freshProduct()))).getString("id");
        sendOut("/v1/orders/" + id, bearer);
        awaitState("/v1/orders/" + id, bearer, "CLOSED");
        String staff = "Bearer " + shop.token("support");
        String path = "/v1/staff/orders/" + id;

        Exchange seen =
                recording.call("GET", path, "Authorization", staff, "Purpose", "customer_assistance", "Case", "case-1");
        Exchange byLine = refund(
                staff,
                path,
                new JsonObject()
                        .put("reason", "damaged")
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject().put("line", 0).put("quantity", 1))));
        Exchange byAmount = refund(
                staff,
                path,
                new JsonObject()
                        .put("reason", "late")
                        .put("amount", new JsonObject().put("amount", 100).put("currency", "EUR")));
        Exchange rest = refund(staff, path, new JsonObject().put("reason", "goodwill"));
        Exchange tooMuch = refund(staff, path, new JsonObject().put("reason", "goodwill"));

        assertThat(List.of(seen.status(), byLine.status(), byAmount.status(), rest.status(), tooMuch.status()))
                .containsExactly(200, 201, 201, 201, 409);
        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(5)
    void whatStaffDoBeforeAnOrderIsSentIsAsTheContractSays() throws Exception {
        String bearer = "Bearer " + shop.token("customer1");
        String staff = "Bearer " + shop.token("operator");
        String id = json(place(bearer, Shop.order(shop.freshProduct()))).getString("id");
        awaitState("/v1/orders/" + id, bearer, "CONFIRMED");
        JsonObject one = lines(0, 1);

        List<Integer> statuses = List.of(
                staff(staff, id, "capture").status(),
                staff(staff, id, "hold").status(),
                staff(staff, id, "release").status(),
                readdress(bearer, id, "If-Match", "*").status(),
                readdress(bearer, id).status(),
                readdress(bearer, id, "If-Match", "\"0\"").status(),
                recording
                        .send(
                                "POST",
                                "/v1/staff/orders/" + id + "/delivery",
                                address(),
                                "Authorization",
                                staff,
                                "Purpose",
                                "shipment",
                                "Case",
                                "case-1")
                        .status(),
                recording
                        .send("POST", "/v1/orders/" + id + "/cancel", lines(0, 3), "Authorization", bearer)
                        .status(),
                recording
                        .send("POST", "/v1/orders/" + id + "/cancel", lines(1, 0), "Authorization", bearer)
                        .status(),
                recording
                        .send("POST", "/v1/orders/" + id + "/cancel", one, "Authorization", bearer)
                        .status(),
                dispatch(staff, id, lines(0, 2)).status(),
                dispatch(staff, id, one).status(),
                dispatch(staff, id, one).status(),
                dispatch("Bearer " + shop.token("support"), id, one).status(),
                staff(staff, id, "void").status());

        assertThat(statuses).containsExactly(409, 200, 200, 200, 428, 412, 200, 422, 422, 200, 409, 201, 409, 403, 200);
        awaitState("/v1/orders/" + id, bearer, "CLOSED");
        assertThat(staff(staff, id, "capture").status())
                .as("all is taken: nothing changes")
                .isEqualTo(200);
        assertThat(allFaults()).isEmpty();
    }

    private static JsonObject address() {
        return Shop.order("SL-0001").getJsonObject("delivery").put("line1", "Parkgatan 9");
    }

    private static Exchange readdress(String bearer, String id, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", bearer));
        all.addAll(List.of(headers));
        return recording.send("PATCH", "/v1/orders/" + id + "/delivery", address(), all.toArray(String[]::new));
    }

    @Test
    @Order(6)
    void whatPartnersSayIsTakenAsTheContractSays() throws Exception {
        for (String channel : List.of("payments", "carriers")) {
            String secret = Files.readString(dataDir.resolve("secrets/" + channel + ".sandbox.webhook_secret"))
                    .strip();
            String body = "{\"type\":\"weather.changed\",\"data\":{\"sky\":\"grey\"}}";
            long now = Instant.now().getEpochSecond();
            String signature = new Webhook(secret).sign("evt-1", now, body);
            String path = "/v1/webhooks/" + channel + "/sandbox";
            String[] signed = {
                "webhook-id", "evt-1", "webhook-timestamp", Long.toString(now), "webhook-signature", signature
            };
            assertThat(recording
                            .sendText("POST", path, body, "application/json", signed)
                            .status())
                    .isEqualTo(200);
            assertThat(recording
                            .sendText("POST", path, body + " ", "application/json", signed)
                            .status())
                    .isEqualTo(401);
            recording.sendText("POST", path, body, "application/json");
            recording.sendText("POST", "/v1/webhooks/" + channel + "/nobody", body, "application/json", signed);
        }

        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(6)
    void whatTheMerchantDoesWithSubscriptionsIsAsTheContractSays() throws Exception {
        String[] merchant = {"Authorization", "Bearer " + shop.token("merchant")};
        JsonObject wanted = new JsonObject()
                .put("url", "http://127.0.0.1:9/hooks")
                .put("events", new JsonArray().add("OrderHeld").add("OrderClosed"));
        Exchange made = recording.send("POST", "/v1/subscriptions", wanted, merchant);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String path = "/v1/subscriptions/" + json(made).getString("id");
        recording.send("POST", "/v1/subscriptions", new JsonObject().put("url", "http://127.0.0.1:9/"), merchant);
        JsonObject page = json(recording.call("GET", "/v1/subscriptions?limit=1", merchant));
        recording.call("GET", "/v1/subscriptions?cursor=" + page.getString("next"), merchant);
        String order = json(place("Bearer " + shop.token("customer1"), Shop.order(shop.freshProduct())))
                .getString("id");

        List<Integer> statuses = List.of(
                recording.call("GET", path, merchant).status(),
                recording.call("POST", path + "/rotate", merchant).status(),
                recording.call("POST", path + "/enable", merchant).status(),
                recording.call("POST", path + "/replay", merchant).status(),
                recording
                        .send(
                                "POST",
                                path + "/replay",
                                new JsonObject().put("order_id", order).put("from_sequence", 1),
                                merchant)
                        .status(),
                recording
                        .send("POST", path + "/replay", new JsonObject().put("order_id", NOBODY), merchant)
                        .status(),
                recording
                        .send("POST", "/v1/subscriptions", new JsonObject().put("url", "ftp://127.0.0.1/"), merchant)
                        .status(),
                recording
                        .send("POST", "/v1/subscriptions", wanted.copy().put("events", new JsonArray()), merchant)
                        .status(),
                recording
                        .call("GET", "/v1/subscriptions?cursor=nonsense", merchant)
                        .status(),
                recording.call("GET", path).status(),
                recording
                        .call("GET", path, "Authorization", "Bearer " + shop.token("customer1"))
                        .status(),
                recording.call("DELETE", path, merchant).status(),
                recording.call("GET", path, merchant).status());

        assertThat(statuses).containsExactly(200, 200, 200, 202, 202, 404, 422, 422, 400, 401, 403, 204, 404);
        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(7)
    void whatIsWrongWithAnOrderIsAnsweredAsTheContractSays() throws Exception {
        String customer = "Bearer " + shop.token("customer1");
        JsonObject order = Shop.order(shop.freshProduct());
        String[] key = {"Authorization", customer, "Idempotency-Key", "an-error"};
        recording.sendText("POST", "/v1/orders", "{", "application/json", key);
        recording.sendText("POST", "/v1/orders", order.encode(), "text/plain", key);
        recording.sendText("POST", "/v1/orders", " ".repeat(70_000), "application/json", key);
        recording.send("POST", "/v1/orders", order);
        recording.send("POST", "/v1/orders", order, "Authorization", customer);
        recording.send("POST", "/v1/orders", order.copy().put("birthday", "no"), key);
        recording.send("POST", "/v1/orders", order.copy().put("currency", "euro"), key);
        recording.send("POST", "/v1/orders", new JsonObject(), key);
        recording.send("POST", "/v1/orders", order.copy().put("note", "4111111111111111"), key);
        recording.send("POST", "/v1/orders", Shop.order("nothing"), key);
        recording.send("POST", "/v1/orders", order.copy().put("currency", "USD"), key);
        recording.send("POST", "/v1/orders", Shop.order("SL-0196"), key);
        recording.send("POST", "/v1/orders", order, key);

        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(8)
    void whatIsNotThereOrNotAllowedIsAnsweredAsTheContractSays() throws Exception {
        String customer = "Bearer " + shop.token("customer1");
        String staff = "Bearer " + shop.token("support");
        for (String target : List.of(
                "/v1/orders?limit=0",
                "/v1/orders?cursor=nonsense",
                "/v1/orders/" + NOBODY,
                "/v1/orders/nonsense",
                "/v1/orders/" + NOBODY + "/events")) {
            recording.call("GET", target, "Authorization", customer);
        }
        recording.call("GET", "/v1/policy/versions/never");
        recording.call("GET", "/problems/nothing");
        recording.call("POST", "/v1/orders/" + NOBODY + "/cancel", "Authorization", customer);
        recording.call("GET", "/v1/me/consents", "Authorization", "Bearer a.b.c");
        recording.send(
                "PUT", "/v1/me/consents/advertising", new JsonObject().put("granted", true), "Authorization", customer);
        recording.send(
                "PUT", "/v1/me/consents/shipment", new JsonObject().put("granted", "yes"), "Authorization", customer);
        String path = "/v1/staff/orders/" + NOBODY;
        recording.call("GET", path, "Authorization", customer, "Purpose", "customer_assistance", "Case", "case-1");
        recording.call("GET", path, "Authorization", staff);
        recording.call("GET", path, "Authorization", staff, "Purpose", "shipment", "Case", "case-1");
        recording.call("GET", path, "Authorization", staff, "Purpose", "customer_assistance", "Case", "case-1");
        recording.send("POST", "/v1/accounts", new JsonObject().put("email", "nobody"));
        recording.send("POST", "/v1/sessions/refresh", new JsonObject().put("refresh_token", "nonsense"));
        JsonObject wrong =
                new JsonObject().put("email", "nobody@contract.example.org").put("password", "wrong");
        for (int i = 0; i < 3; i++) {
            recording.send("POST", "/v1/sessions", wrong);
        }

        assertThat(allFaults()).isEmpty();
        assertThat(statuses()).contains(400, 401, 403, 404, 409, 413, 415, 422, 429);
        assertThat(recording.exchanges())
                .filteredOn(exchange -> exchange.status() == 429)
                .allMatch(exchange ->
                        exchange.answered().firstValue("Retry-After").isPresent());
    }

    @Test
    @Order(8)
    void whatTheLedgerTellsIsAsTheContractSays() throws Exception {
        String bearer = "Bearer " + shop.token("customer1");
        String id = json(place(bearer, Shop.order(shop.freshProduct()))).getString("id");
        JsonObject receipt = json(recording.call("GET", "/v1/orders/" + id + "/receipt", "Authorization", bearer));
        JsonObject leaf = receipt.getJsonArray("leaves").getJsonObject(0);
        JsonObject batch = leaf.getJsonArray("inclusion").getJsonObject(0).getJsonObject("entry");
        JsonObject page = json(recording.call("GET", "/v1/ledger/heads?limit=1"));
        recording.call("GET", "/v1/ledger/heads?cursor=" + page.getString("next"));
        long size = json(recording.call("GET", "/v1/ledger/heads/latest"))
                .getJsonObject("head")
                .getLong("size");
        long earlier = json(recording.call("GET", "/v1/ledger/heads?limit=2"))
                .getJsonArray("items")
                .getJsonObject(1)
                .getJsonObject("head")
                .getLong("size");
        recording.call("GET", "/v1/ledger/consistency?from=" + earlier + "&to=" + size);
        String leafAt = "/v1/ledger/inclusion?shard=" + batch.getString("shard") + "&n="
                + leaf.getJsonObject("leaf").getLong("n");
        recording.call("GET", leafAt);
        recording.call("GET", leafAt + "&size=" + size);

        assertThat(List.of(
                        recording.call("GET", "/v1/ledger/consistency?from=2").status(),
                        recording
                                .call("GET", "/v1/ledger/consistency?from=2&to=999999999")
                                .status(),
                        recording
                                .call("GET", "/v1/ledger/inclusion?shard=none&n=1")
                                .status(),
                        recording
                                .call("GET", "/v1/ledger/inclusion?shard=" + NOBODY + "&n=1")
                                .status(),
                        recording.call("GET", "/v1/orders/" + id + "/receipt").status(),
                        recording
                                .call(
                                        "GET",
                                        "/v1/orders/" + id + "/receipt",
                                        "Authorization",
                                        "Bearer " + shop.token("customer2"))
                                .status()))
                .containsExactly(400, 404, 400, 404, 401, 404);
        assertThat(allFaults()).isEmpty();
    }

    @Test
    @Order(9)
    void whatTheContractDoesNotKnowIsNotServed() throws Exception {
        for (Contract.Operation operation : contract.operations()) {
            String path = operation.path().replaceAll("\\{[^}]*}", NOBODY);
            Exchange purged = new Recording(shop).call("PURGE", path);
            assertThat(purged.status()).as(purged.toString()).isEqualTo(405);
            assertThat(purged.answered().firstValue("Allow").orElse("").split(", "))
                    .as(purged.toString())
                    .contains(operation.method());
            assertThat(contract.faults("Problem", json(purged))).isEmpty();
        }
        Exchange nothing = new Recording(shop).call("GET", "/v1/nothing");
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(contract.faults("Problem", json(nothing))).isEmpty();
    }

    @Test
    @Order(10)
    void everyGoodAnswerOfTheContractHasBeenGiven() {
        Set<String> given = recording.exchanges().stream()
                .flatMap(exchange -> contract.named(exchange).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(given).containsAll(contract.goodAnswers());
    }

    private static List<String> allFaults() {
        return recording.exchanges().stream()
                .flatMap(exchange -> contract.faults(exchange).stream()
                        .map(fault -> exchange + ": " + fault + " " + exchange.body()))
                .toList();
    }

    private static Set<Integer> statuses() {
        return recording.exchanges().stream().map(Exchange::status).collect(Collectors.toSet());
    }

    private static Exchange place(String bearer, JsonObject order, String... more) throws Exception {
        String[] headers = {
            "Authorization", bearer, "Idempotency-Key", UUID.randomUUID().toString()
        };
        String[] all =
                Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
        return recording.send("POST", "/v1/orders", order, all);
    }

    private static Exchange refund(String staff, String path, JsonObject body) throws Exception {
        return recording.send(
                "POST",
                path + "/refunds",
                body,
                "Authorization",
                staff,
                "Purpose",
                "refund_management",
                "Case",
                "case-1",
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    /** The operator sends all of an order out, once it is paid. */
    private static void sendOut(String path, String bearer) throws Exception {
        awaitState(path, bearer, "CONFIRMED");
        Exchange sent = dispatch(
                "Bearer " + shop.token("operator"), path.substring(path.lastIndexOf('/') + 1), new JsonObject());
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    private static Exchange dispatch(String staff, String id, JsonObject body) throws Exception {
        return recording.send(
                "POST",
                "/v1/staff/orders/" + id + "/dispatch",
                body,
                "Authorization",
                staff,
                "Purpose",
                "shipment",
                "Case",
                "case-1",
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    private static Exchange staff(String staff, String id, String what) throws Exception {
        return recording.call(
                "POST",
                "/v1/staff/orders/" + id + "/" + what,
                "Authorization",
                staff,
                "Purpose",
                "transaction_verification",
                "Case",
                "case-1");
    }

    private static JsonObject lines(int line, int quantity) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("line", line).put("quantity", quantity)));
    }

    private static JsonObject paidBy(String method) {
        return Shop.order(shop.freshProduct()).put("payment", new JsonObject().put("method", method));
    }

    @CanIgnoreReturnValue
    private static JsonObject awaitState(String path, String bearer, String state) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        JsonObject order = json(new Recording(shop).call("GET", path, "Authorization", bearer));
        while (!order.getString("state").equals(state)) {
            assertThat(System.nanoTime()).as("in time " + state + ": " + order).isLessThan(giveUp);
            order = json(new Recording(shop).call("GET", path, "Authorization", bearer));
        }
        return order;
    }

    private static JsonObject json(Exchange exchange) {
        return new JsonObject(exchange.body());
    }
}
