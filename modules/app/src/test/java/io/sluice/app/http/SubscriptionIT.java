package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.app.http.Receiver.Call;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The merchant's systems are told what happens to orders, through a whole node. */
final class SubscriptionIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;
    private static String merchant;

    private Receiver receiver;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("subscriptions.sweep_every", "200ms"));
        desk = OrderDesk.of(shop);
        merchant = shop.token("merchant");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @BeforeEach
    void listen() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void fallSilent() throws Exception {
        for (Object each :
                json(call("GET", "/v1/subscriptions?limit=100", merchant)).getJsonArray("items")) {
            String path = "/v1/subscriptions/" + ((JsonObject) each).getString("id");
            assertThat(call("DELETE", path, merchant).statusCode()).isEqualTo(204);
        }
        receiver.close();
    }

    @Test
    @Clause("C2")
    void anOrdersLifeIsToldInItsOrderSignedAndWrittenDownAsDisclosures() throws Exception {
        JsonObject subscription = subscribed();
        JsonObject order = desk.placed(1, "pm_card_visa");
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        String id = order.getString("id");
        JsonArray happened = json(shop.get(desk.customer(), "/v1/orders/" + id + "/events?limit=100"))
                .getJsonArray("items");

        List<Call> told = receiver.next(id, happened.size());

        assertThat(told)
                .extracting(Call::sequence)
                .isEqualTo(LongStream.rangeClosed(1, happened.size()).boxed().toList());
        assertThat(told).extracting(Call::id).doesNotHaveDuplicates();
        for (int i = 0; i < told.size(); i++) {
            Call call = told.get(i);
            JsonObject event = happened.getJsonObject(i);
            assertThat(call.isSignedBy(subscription.getString("secret"))).isTrue();
            assertThat(call.json())
                    .as("cut to the contract: this and nothing else")
                    .isEqualTo(new JsonObject()
                            .put("type", event.getString("kind"))
                            .put("timestamp", event.getString("at"))
                            .put(
                                    "data",
                                    new JsonObject()
                                            .put("order_id", id)
                                            .put("sequence", event.getLong("sequence"))
                                            .put("state", event.getString("state"))
                                            .put("total", order.getJsonObject("total"))));
            assertThat(call.text() + call.headers()).doesNotContain("Nora").doesNotContain("Skogsgatan");
        }
        assertThat(shop.leaves("merchant", "permit"))
                .hasSizeGreaterThanOrEqualTo(told.size())
                .allSatisfy(leaf -> assertThat(leaf.encode()).contains("merchant.notify"));
        JsonArray receipt =
                json(shop.get(desk.customer(), "/v1/orders/" + id + "/receipt")).getJsonArray("leaves");
        assertThat(receipt.encode()).as("the customer sees it in the receipt").contains("merchant.notify");
        assertThat(shop.metrics())
                .containsPattern("sluice_notices_total\\{result=\"delivered\"} [1-9]")
                .contains("sluice_notices_oldest_seconds", "sluice_notices_waiting", "sluice_notices_parked");
    }

    @Test
    void onlyWhatIsWantedIsTold() throws Exception {
        subscribed("OrderClosed");
        JsonObject order = desk.placed(1, "pm_card_visa");

        Call call = receiver.next(order.getString("id"));

        assertThat(call.json().getString("type")).isEqualTo("OrderClosed");
        assertThat(receiver.isSilentAbout(order.getString("id"))).isTrue();
    }

    @Test
    void aReceiverThatFailsHoldsBackWhatIsItsOwnAndGetsItWhenItIsBack() throws Exception {
        String path = "/v1/subscriptions/" + subscribed().getString("id");
        receiver.answers(500);
        JsonObject order = desk.placed(1, "pm_card_visa");
        String id = order.getString("id");
        Call first = receiver.next(id);
        awaitTrouble(path, "status-500");

        receiver.answers(200);
        Call again = receiver.next(id);
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.id()).as("whoever had it recognises it").isEqualTo(first.id());
        assertThat(receiver.next(id).sequence()).isEqualTo(2);
    }

    @Test
    void whoeverIsGoneIsLeftAloneAndAfterwardsMissesNothing() throws Exception {
        String path = "/v1/subscriptions/" + subscribed().getString("id");
        receiver.answers(410);
        String id = desk.placed(1, "pm_card_visa").getString("id");
        assertThat(receiver.next(id).sequence()).isEqualTo(1);
        awaitState(path, "disabled");
        receiver.answers(204);
        assertThat(receiver.isSilentAbout(id)).isTrue();

        JsonObject enabled = json(call("POST", path + "/enable", merchant));

        assertThat(enabled.getString("state")).isEqualTo("active");
        assertThat(receiver.next(id, 2)).extracting(Call::sequence).containsExactly(1L, 2L);
    }

    @Test
    void whatWasMissedIsToldAgainFromWhereverIsWanted() throws Exception {
        String path = "/v1/subscriptions/" + subscribed().getString("id");
        JsonObject order = desk.placed(1, "pm_card_visa");
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        String id = order.getString("id");
        List<Call> before = receiver.next(id, 4);

        JsonObject wanted = new JsonObject().put("order_id", id).put("from_sequence", 3);
        assertThat(send("POST", path + "/replay", merchant, wanted).statusCode())
                .isEqualTo(202);

        Call again = receiver.next(id);
        while (again.sequence() > 4) {
            again = receiver.next(id); // of the first time
        }
        assertThat(again.sequence()).isEqualTo(3);
        assertThat(again.id()).isEqualTo(before.get(2).id());
        assertThat(again.text()).isEqualTo(before.get(2).text());
    }

    @Test
    void aNewSecretIsShownOnceAndTheOldOneSignsOnBesideIt() throws Exception {
        JsonObject subscription = subscribed();
        String path = "/v1/subscriptions/" + subscription.getString("id");
        JsonObject rotated = json(call("POST", path + "/rotate", merchant));
        assertThat(rotated.getString("secret")).startsWith("whsec_").isNotEqualTo(subscription.getString("secret"));
        JsonObject shown = json(call("GET", path, merchant));
        assertThat(shown.containsKey("secret")).isFalse();
        assertThat(shown.getString("previous_secret_until")).isNotNull();

        Call call = receiver.next(desk.placed(1, "pm_card_visa").getString("id"));

        assertThat(call.isSignedBy(subscription.getString("secret"))).isTrue();
        assertThat(call.isSignedBy(rotated.getString("secret"))).isTrue();
        assertThat(call.isSignedBy("whsec_" + "A".repeat(43) + "=")).isFalse();
        assertThat(call("POST", path + "/rotate", merchant).statusCode()).isEqualTo(200);
        assertThat(call("POST", path + "/rotate", merchant).statusCode()).isEqualTo(409);
    }

    @Test
    void aNodeThatStartsAgainTellsWhatWasNotToldYet() throws Exception {
        subscribed();
        receiver.answers(503);
        String id = desk.placed(1, "pm_card_visa").getString("id");
        Call before = receiver.next(id);
        assertThat(before.sequence()).isEqualTo(1);
        shop.close();

        open();
        receiver.answers(204);
        String path = "/v1/subscriptions/"
                + json(call("GET", "/v1/subscriptions", merchant))
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id");
        // a busy receiver is left in peace for minutes, unless somebody says that it is well again
        assertThat(call("POST", path + "/enable", merchant).statusCode()).isEqualTo(200);

        Call again = receiver.next(id);
        assertThat(again.id()).isEqualTo(before.id());
        assertThat(receiver.next(id).sequence()).isEqualTo(2);
    }

    @Test
    void nobodyButMerchantAndOperatorHasAnythingToDoWithSubscriptions() throws Exception {
        String id = subscribed().getString("id");
        JsonObject body = new JsonObject().put("url", receiver.url());
        for (String role : List.of("customer1", "support", "fulfilment", "privacy_officer", "auditor")) {
            String token = shop.token(role);
            assertThat(send("POST", "/v1/subscriptions", token, body).statusCode())
                    .as(role)
                    .isEqualTo(403);
            assertThat(call("GET", "/v1/subscriptions", token).statusCode())
                    .as(role)
                    .isEqualTo(403);
            for (String what : List.of("/rotate", "/enable", "/replay")) {
                assertThat(call("POST", "/v1/subscriptions/" + id + what, token).statusCode())
                        .as(role + what)
                        .isEqualTo(403);
            }
            assertThat(call("DELETE", "/v1/subscriptions/" + id, token).statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
        assertThat(shop.send(shop.request("/v1/subscriptions").GET()).statusCode())
                .isEqualTo(401);
        assertThat(call("GET", "/v1/subscriptions/" + id, shop.token("operator"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSameRequestMakesOneSubscriptionAndAnotherOneOfTheSameKeyNone() throws Exception {
        JsonObject body = new JsonObject().put("url", receiver.url());
        String key = UUID.randomUUID().toString();
        JsonObject first = json(send("POST", "/v1/subscriptions", merchant, body, "Idempotency-Key", key));
        JsonObject second = json(send("POST", "/v1/subscriptions", merchant, body, "Idempotency-Key", key));
        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
        assertThat(second.getString("secret")).isEqualTo(first.getString("secret"));
        assertThat(call("POST", "/v1/subscriptions/" + first.getString("id") + "/rotate", merchant)
                        .statusCode())
                .isEqualTo(200);
        JsonObject third = json(send("POST", "/v1/subscriptions", merchant, body, "Idempotency-Key", key));
        assertThat(third.getString("id")).isEqualTo(first.getString("id"));
        assertThat(third.containsKey("secret")).as("one that was made later").isFalse();
        body.put("url", receiver.url() + "/other");
        assertThat(send("POST", "/v1/subscriptions", merchant, body, "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(422);
    }

    static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return new JsonObject(answer.body());
    }

    @CanIgnoreReturnValue
    private JsonObject subscribed(String... events) throws Exception {
        JsonObject body = new JsonObject().put("url", receiver.url());
        if (events.length > 0) {
            body.put("events", new JsonArray(List.of(events)));
        }
        return json(send("POST", "/v1/subscriptions", merchant, body));
    }

    private static void awaitTrouble(String path, String reason) throws Exception {
        awaitContaining(path, "\"reason\":\"" + reason + "\"");
    }

    private static void awaitState(String path, String state) throws Exception {
        awaitContaining(path, "\"state\":\"" + state + "\"");
    }

    private static void awaitContaining(String path, String text) throws Exception {
        long giveUp = System.nanoTime() + 30_000_000_000L;
        String shown = call("GET", path, merchant).body();
        while (!shown.contains(text)) {
            assertThat(System.nanoTime()).as("%s in %s", text, shown).isLessThan(giveUp);
            shown = call("GET", path, merchant).body();
        }
    }

    private static HttpResponse<String> call(String method, String path, String token) throws Exception {
        return shop.send(shop.request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(
            String method, String path, String token, JsonObject body, String... headers) throws Exception {
        HttpRequest.Builder request = shop.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return shop.send(request.method(method, HttpRequest.BodyPublishers.ofString(body.encode())));
    }
}
