package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request is the same order, however often it comes. */
class IdempotencyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String token;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        token = shop.token("customer1");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void anOrderWithoutAKeyIsRefusedAndForgotten() throws Exception {
        String sku = shop.freshProduct();
        Stored before = shop.stored(sku);

        HttpResponse<String> answer = shop.send(request(Shop.order(sku).encode()));

        ProblemAnswer.of(400, "idempotency.key-missing").isSaidBy(answer);
        assertThat(shop.stored(sku)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "two words",
                "\"two words\"",
                "tab\there",
                "k\u00e9y",
                "TOO LONG",
                "QUOTED AND TOO LONG"
            })
    void aKeyIs1To255VisibleCharacters(String written) throws Exception {
        String sku = shop.freshProduct();
        Stored before = shop.stored(sku);
        String key = switch (written) {
            case "TOO LONG" -> "k".repeat(256);
            case "QUOTED AND TOO LONG" -> "\"" + "k".repeat(256) + "\"";
            default -> written;
        };

        HttpResponse<String> answer = shop.place(token, key, Shop.order(sku).encode());

        ProblemAnswer.of(400, "idempotency.key-invalid").isSaidBy(answer);
        assertThat(shop.stored(sku)).isEqualTo(before);
    }

    @Test
    void aKeyOf255CharactersIsTaken() throws Exception {
        String good = Shop.order(shop.freshProduct()).encode();

        assertThat(shop.place(token, "~".repeat(255), good).statusCode()).isEqualTo(201);
    }

    @Test
    void twoKeysAreNone() throws Exception {
        String sku = shop.freshProduct();
        Stored before = shop.stored(sku);

        HttpResponse<String> answer = shop.send(request(Shop.order(sku).encode())
                .header("Idempotency-Key", "one")
                .header("Idempotency-Key", "two"));

        ProblemAnswer.of(400, "idempotency.key-invalid").isSaidBy(answer);
        assertThat(shop.stored(sku)).isEqualTo(before);
    }

    @Test
    void aCardNumberIsNoKey() throws Exception {
        String sku = shop.freshProduct();
        Stored before = shop.stored(sku);

        HttpResponse<String> answer =
                shop.place(token, "4111-1111-1111-1111", Shop.order(sku).encode());

        ProblemAnswer.of(422, "request.card-number").isSaidBy(answer);
        assertThat(shop.stored(sku)).isEqualTo(before);
    }

    @Test
    void aRepeatIsAnsweredWordForWordAndChangesNothing() throws Exception {
        String sku = shop.freshProduct();
        String key = newKey();
        Stored before = shop.stored(sku);
        HttpResponse<String> first = shop.place(token, key, Shop.order(sku).encode());
        awaitChange(new JsonObject(first.body()));

        HttpResponse<String> repeat = shop.place(token, key, Shop.order(sku).encode());

        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).as("although the order has gone on").isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(repeat.headers().firstValue(header))
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(shop.stored(sku)).isEqualTo(before.afterOneOrderOf(2));
    }

    @Test
    void aRepeatOfAnAnswerThatWasWaitedForIsTheAcceptanceWhateverItPrefers() throws Exception {
        String key = newKey();
        String resting = Shop.order(shop.freshProduct()).encode().replace("pm_card_visa", "pm_card_3ds");
        HttpResponse<String> waited = waitFor(key, resting);
        JsonObject order = new JsonObject(waited.body());
        assertThat(order.getString("payment_status")).as(waited.body()).isEqualTo("requires_action");
        assertThat(waited.headers().firstValue("Preference-Applied")).hasValue("wait=20");

        HttpResponse<String> repeat = shop.place(token, key, resting);
        HttpResponse<String> waitingRepeat = waitFor(key, resting);

        JsonObject acceptance = new JsonObject(repeat.body());
        assertThat(acceptance.getString("id")).isEqualTo(order.getString("id"));
        assertThat(acceptance.getLong("version"))
                .as("the order before anything has happened to it")
                .isLessThan(order.getLong("version"));
        assertThat(waitingRepeat.body()).isEqualTo(repeat.body());
        for (HttpResponse<String> each : List.of(repeat, waitingRepeat)) {
            assertThat(each.headers().firstValue("Idempotent-Replayed")).hasValue("true");
            assertThat(each.headers().firstValue("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void theSameOrderLaidOutOtherwiseIsARepeat() throws Exception {
        String sku = shop.freshProduct();
        String key = newKey();
        JsonObject order = Shop.order(sku);
        HttpResponse<String> first = shop.place(token, key, order.encode());
        JsonObject turned = new JsonObject();
        List<String> names = new ArrayList<>(order.fieldNames());
        names.reversed().forEach(name -> turned.put(name, order.getValue(name)));

        HttpResponse<String> repeat = shop.place(token, "\"" + key + "\"", turned.encodePrettily());

        assertThat(repeat.body()).isEqualTo(first.body());
    }

    @Test
    void aKeyWithAnotherBodyIsRefusedAndTheFirstOrderStaysAsItIs() throws Exception {
        String sku = shop.freshProduct();
        String key = newKey();
        Stored before = shop.stored(sku);
        HttpResponse<String> first = shop.place(token, key, Shop.order(sku).encode());
        assertThat(first.statusCode()).isEqualTo(201);

        for (String[] change :
                new String[][] {{":2}", ":3}"}, {"Nora", "Nore"}, {"pm_card_visa", "pm_card_mastercard"}}) {
            HttpResponse<String> other =
                    shop.place(token, key, Shop.order(sku).encode().replace(change[0], change[1]));
            ProblemAnswer.of(422, "idempotency.key-reused").isSaidBy(other);
        }

        assertThat(shop.stored(sku)).isEqualTo(before.afterOneOrderOf(2));
        assertThat(shop.place(token, key, Shop.order(sku).encode()).body()).isEqualTo(first.body());
    }

    @Test
    void anothersKeyIsNotMine() throws Exception {
        String sku = shop.freshProduct();
        String key = newKey();
        HttpResponse<String> mine = shop.place(token, key, Shop.order(sku).encode());

        HttpResponse<String> another =
                shop.place(shop.token("customer2"), key, Shop.order(sku).encode());

        assertThat(another.statusCode()).isEqualTo(201);
        assertThat(id(another)).isNotEqualTo(id(mine));
    }

    @Test
    void aRefusalForWantOfStockIsRepeatedAndHoldsNothing() throws Exception {
        String sku = "SL-0198"; // three pieces on the shelf
        Stored before = shop.stored(sku);
        String key = newKey();
        String tooMany = Shop.order(sku).encode().replace(":2}", ":4}");

        HttpResponse<String> refused = shop.place(token, key, tooMany);
        HttpResponse<String> again = shop.place(token, key, tooMany);

        ProblemAnswer.of(409, "order.stock-exhausted", "/lines/0/quantity").isSaidBy(refused);
        ProblemAnswer.of(409, "order.stock-exhausted", "/lines/0/quantity").isSaidBy(again);
        assertThat(shop.stored(sku).orders()).isEqualTo(before.orders());
        assertThat(shop.stored(sku).available()).isEqualTo(before.available());
        assertThat(shop.place(token, newKey(), Shop.order(sku).encode()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsTheOrderAndTheOthersAreItsRepeats() throws Exception {
        String sku = shop.freshProduct();
        String key = newKey();
        Stored before = shop.stored(sku);
        List<Future<HttpResponse<String>>> asked = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(12)) {
            for (int i = 0; i < 12; i++) {
                asked.add(clients.submit(
                        () -> shop.place(token, key, Shop.order(sku).encode())));
            }
        }

        Set<String> bodies = new HashSet<>();
        for (Future<HttpResponse<String>> each : asked) {
            assertThat(each.get().statusCode()).as(each.get().body()).isEqualTo(201);
            bodies.add(each.get().body());
        }
        assertThat(bodies).hasSize(1);
        assertThat(shop.stored(sku)).isEqualTo(before.afterOneOrderOf(2));
    }

    private static HttpResponse<String> waitFor(String key, String body) throws Exception {
        return shop.send(request(body).header("Idempotency-Key", key).header("Prefer", "wait=20"));
    }

    private static void awaitChange(JsonObject order) throws Exception {
        String path = "/v1/orders/" + order.getString("id");
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (new JsonObject(shop.get(token, path).body()).getLong("version").equals(order.getLong("version"))) {
            assertThat(System.nanoTime()).as("the order goes on").isLessThan(giveUp);
        }
    }

    private static HttpRequest.Builder request(String body) {
        return shop.request("/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String id(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("id");
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
