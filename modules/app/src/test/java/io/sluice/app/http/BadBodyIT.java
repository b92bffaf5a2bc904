package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders whose bytes are wrong before anybody looks at a field: refused, and forgotten. */
class BadBodyIT {

    private static final int LARGEST = 64 * 1024;
    private static final ProblemAnswer NOT_JSON = ProblemAnswer.of(400, "request.malformed-json");
    private static final ProblemAnswer TOO_LARGE = ProblemAnswer.of(413, "request.too-large");
    private static final ProblemAnswer NOT_SAID_TO_BE_JSON = ProblemAnswer.of(415, "request.unsupported-media-type");

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

    /** A good order's text made into something else. */
    record Bad(String what, UnaryOperator<String> spoil, ProblemAnswer answer) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNotOneJsonObjectIsRefusedAndForgotten(Bad bad) throws Exception {
        isRefusedAndForgotten(
                bad.answer(), good -> request(bad.spoil().apply(good).getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Bad> whatIsNotOneJsonObjectIsRefusedAndForgotten() {
        return Stream.of(
                new Bad("nothing", good -> "", NOT_JSON),
                new Bad("the first half", good -> good.substring(0, good.length() / 2), NOT_JSON),
                new Bad("all but the last bracket", good -> good.substring(0, good.length() - 1), NOT_JSON),
                new Bad("a bracket too many", good -> good + "}", NOT_JSON),
                new Bad("two orders", good -> good + "\n" + good, NOT_JSON),
                new Bad("a list", good -> "[" + good + "]", NOT_JSON),
                new Bad("a string", good -> "\"order\"", NOT_JSON),
                new Bad("null", good -> "null", NOT_JSON),
                new Bad("single quotes", good -> good.replace('"', '\''), NOT_JSON),
                new Bad("names without quotes", good -> good.replace("\"currency\"", "currency"), NOT_JSON),
                new Bad("a comma at the end", good -> good.replace("]", ",]"), NOT_JSON),
                new Bad("a comment", good -> "/* two */" + good, NOT_JSON),
                new Bad("not a number", good -> good.replace(":2}", ":NaN}"), NOT_JSON),
                new Bad("a number in hexadecimal", good -> good.replace(":2}", ":0x2}"), NOT_JSON),
                new Bad("a leading zero", good -> good.replace(":2}", ":02}"), NOT_JSON),
                new Bad("a line break in a string", good -> good.replace("Nora ", "Nora\n"), NOT_JSON),
                new Bad("an unknown escape", good -> good.replace("Nora ", "Nora\\x20"), NOT_JSON));
    }

    @ParameterizedTest
    @MethodSource
    void aMemberThatStandsTwiceIsNamed(Bad bad) throws Exception {
        isRefusedAndForgotten(
                bad.answer(), good -> request(bad.spoil().apply(good).getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Bad> aMemberThatStandsTwiceIsNamed() {
        return Stream.of(
                twice("the same twice", "\"EUR\"", "\"EUR\",\"currency\":\"EUR\"", "/currency"),
                twice("null the first time", "\"currency\"", "\"currency\":null,\"currency\"", "/currency"),
                twice("another quantity", ":2}", ":2,\"quantity\":1}", "/lines/0/quantity"),
                twice("by an escape", ":2}", ":2,\"\\u0071uantity\":1}", "/lines/0/quantity"),
                twice("a second delivery", "\"payment\"", "\"delivery\":{},\"payment\"", "/delivery"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C3 28", "FF", "C0 AE", "ED A0 80", "F4 90 80 80", "E2 82"})
    void whatIsNotUtf8IsRefusedAndForgotten(String hex) throws Exception {
        isRefusedAndForgotten(NOT_JSON, good -> {
            byte[] bytes =
                    good.replace("Nora", "~".repeat((hex.length() + 1) / 3)).getBytes(StandardCharsets.UTF_8);
            int at = good.indexOf("Nora");
            for (String each : hex.split(" ")) {
                bytes[at++] = (byte) Integer.parseInt(each, 16);
            }
            return request(bytes);
        });
    }

    @Test
    void anotherEncodingThanUtf8IsRefusedAndForgotten() throws Exception {
        isRefusedAndForgotten(NOT_JSON, good -> request(good.getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void halfACharacterIsNoName() throws Exception {
        isRefusedAndForgotten(
                ProblemAnswer.of(422, "request.invalid-field", "/delivery/name"),
                good -> request(good.replace("Nora", "\\ud83d").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndForgotten() throws Exception {
        isRefusedAndForgotten(TOO_LARGE, good -> request(padded(good, LARGEST + 1)));
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsHeldToTheSameLimit() throws Exception {
        isRefusedAndForgotten(
                TOO_LARGE,
                good -> request("application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(padded(good, LARGEST + 1)))));
    }

    @Test
    void aBodyOfTheLimitIsTaken() throws Exception {
        String good = Shop.order(shop.freshProduct()).encode();

        assertThat(shop.send(withKey(request(padded(good, LARGEST)))).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBodyThatNestsTooDeepIsRefusedAndForgotten() throws Exception {
        isRefusedAndForgotten(ProblemAnswer.of(400, "request.too-deep"), good -> nested(good, 16));
        isRefusedAndForgotten(ProblemAnswer.of(400, "request.too-deep"), good -> nested(good, 30_000));
    }

    @Test
    void aBodyThatNestsAsDeepAsItMayIsLookedAt() throws Exception {
        isRefusedAndForgotten(ProblemAnswer.of(422, "request.unknown-field", "/deep"), good -> nested(good, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/jsonp",
                "application/merge-patch+json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=b",
                "json",
                "*/*"
            })
    void anotherMediaTypeIsRefusedAndForgotten(String type) throws Exception {
        isRefusedAndForgotten(NOT_SAID_TO_BE_JSON, good -> request(type).POST(BodyPublishers.ofString(good)));
    }

    @Test
    void aBodyThatDoesNotSayWhatItIsIsRefusedAndForgotten() throws Exception {
        isRefusedAndForgotten(
                NOT_SAID_TO_BE_JSON,
                good -> shop.request("/v1/orders")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(good)));
    }

    @Test
    void aCompressedBodyIsRefusedAndForgotten() throws Exception {
        isRefusedAndForgotten(
                NOT_SAID_TO_BE_JSON,
                good -> request("application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(good)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPLICATION/JSON", "application/json;charset=utf-8", "application/json ; charset=UTF-8"})
    void theMediaTypeMayBeWrittenAsHttpAllows(String type) throws Exception {
        String good = Shop.order(shop.freshProduct()).encode();

        assertThat(shop.send(withKey(request(type).POST(BodyPublishers.ofString(good))))
                        .statusCode())
                .isEqualTo(201);
    }

    /** Makes a request of a good order's text. */
    @FunctionalInterface
    private interface Request {
        HttpRequest.Builder of(String good);
    }

    private static void isRefusedAndForgotten(ProblemAnswer problem, Request bad) throws Exception {
        String sku = shop.freshProduct();
        JsonObject good = Shop.order(sku);
        String key = UUID.randomUUID().toString();
        Stored before = shop.stored(sku);

        HttpResponse<String> refused = shop.send(bad.of(good.encode()).header("Idempotency-Key", key));

        problem.isSaidBy(refused);
        assertThat(shop.stored(sku)).as("nothing of it is stored").isEqualTo(before);
        HttpResponse<String> accepted = shop.place(token, key, good.encode());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        assertThat(shop.stored(sku)).as("the same put right is").isEqualTo(before.afterOneOrderOf(2));
    }

    private static HttpRequest.Builder request(byte[] body) {
        return request("application/json").POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder request(String type) {
        return shop.request("/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type);
    }

    private static HttpRequest.Builder withKey(HttpRequest.Builder request) {
        return request.header("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** With a member that is so many lists in each other, in an object that is one level itself. */
    private static HttpRequest.Builder nested(String good, int lists) {
        String deep = "{\"deep\":" + "[".repeat(lists) + "]".repeat(lists) + ",";
        return request(good.replaceFirst("\\{", deep).getBytes(StandardCharsets.UTF_8));
    }

    /** Made longer by blanks, which mean nothing. */
    private static byte[] padded(String good, int length) {
        byte[] text = good.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy(text, 0, bytes, 0, text.length);
        return bytes;
    }

    private static Bad twice(String what, String from, String to, String pointer) {
        return new Bad(what, good -> good.replace(from, to), ProblemAnswer.of(422, "request.invalid-field", pointer));
    }
}
