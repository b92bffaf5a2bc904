package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders with a field that is wrong: refused by name, and forgotten; put right, they are taken under the same key. */
class BadInputIT {

    private static final String CARD = "4111111111111111";

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

    /** A good order's text with one thing in it changed. */
    record Bad(String what, String from, String to, ProblemAnswer answer) {
        String spoil(String good) {
            assertThat(good).contains(from);
            return good.replace(from, to);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @Clause("A1")
    @ParameterizedTest
    @MethodSource
    void aFieldThatNobodyCataloguedIsNamedAndNothingIsKept(Bad bad) throws Exception {
        isRefusedAndForgotten(bad);
    }

    static Stream<Bad> aFieldThatNobodyCataloguedIsNamedAndNothingIsKept() {
        return Stream.of(
                unknown("a surplus field", "{\"currency\"", "{\"birthday\":\"canary\",\"currency\"", "/birthday"),
                unknown("one in a line", "{\"sku\"", "{\"gift_wrap\":\"canary\",\"sku\"", "/lines/0/gift_wrap"),
                unknown("one in the delivery", "{\"name\"", "{\"geo\":{\"canary\":1},\"name\"", "/delivery/geo"),
                unknown("one in the payment", "{\"method\"", "{\"cvc\":123,\"method\"", "/payment/cvc"),
                unknown(
                        "one in the contact",
                        "{\"currency\"",
                        "{\"contact\":{\"telex\":\"canary\"},\"currency\"",
                        "/contact/telex"),
                unknown("one in other letters", "{\"currency\"", "{\"Currency\":\"EUR\",\"currency\"", "/Currency"),
                unknown("one that is null", "{\"currency\"", "{\"tracking\":null,\"currency\"", "/tracking"),
                unknown("one to be escaped", "{\"currency\"", "{\"a/b~c\":[],\"currency\"", "/a~1b~0c"));
    }

    @Clause("A5")
    @ParameterizedTest
    @MethodSource
    void aCardNumberIsFoundWhereverItStandsAndNothingIsKept(Bad bad) throws Exception {
        isRefusedAndForgotten(bad);
    }

    static Stream<Bad> aCardNumberIsFoundWhereverItStandsAndNothingIsKept() {
        return Stream.of(
                card("instead of the method", "pm_card_visa", CARD, "/payment/method"),
                card("in a name", "Nora Lind", "Nora " + CARD, "/delivery/name"),
                card("with spaces", "Skogsgatan 4", "Skogsgatan 4 4111 1111 1111 1111", "/delivery/line1"),
                card("with hyphens", "Skogsgatan 4", "4111-1111-1111-1111", "/delivery/line1"),
                card("with odd spaces and dashes", "Uppsala", "4111\u20091111\u20111111\u00a01111", "/delivery/city"),
                card("in Arabic digits", "Uppsala", "٤١١١١١١١١١١١١١١١", "/delivery/city"),
                card("as escapes", "Uppsala", "\\u0034111111111111111", "/delivery/city"),
                card("before an expiry date", "Nora Lind", "4111 1111 1111 1111 12/29", "/delivery/name"),
                card("in a note", "{\"currency\"", "{\"note\":\"pay by " + CARD + "\",\"currency\"", "/note"),
                card("deep in a note", "{\"currency\"", "{\"note\":[{\"a\":[" + CARD + "]}],\"currency\"", "/note"),
                card("as a field's name", "{\"method\"", "{\"" + CARD + "\":1,\"method\"", "/payment"),
                card("as a quantity", ":2}", ":" + CARD + "}", "/lines/0/quantity"),
                card(
                        "in a phone number that is none",
                        "{\"name\"",
                        "{\"phone\":\"4111 1111 1111 1111\",\"name\"",
                        "/delivery/phone"),
                card(
                        "in the recipient's name",
                        "{\"currency\"",
                        "{\"recipient\":{\"name\":\"4111 1111 1111 1111\"},\"currency\"",
                        "/recipient/name"));
    }

    @ParameterizedTest
    @MethodSource
    void aQuantityIsAWholeNumberWithinItsLimits(Bad bad) throws Exception {
        isRefusedAndForgotten(bad);
    }

    static Stream<Bad> aQuantityIsAWholeNumberWithinItsLimits() {
        return Stream.of(
                        "0",
                        "-1",
                        "10001",
                        "2147483648",
                        "4294967298",
                        "9223372036854775809",
                        "9".repeat(400),
                        "2.5",
                        "2.0",
                        "2e0",
                        "1e400",
                        "\"2\"",
                        "true",
                        "[2]",
                        "{\"n\":2}")
                .map(quantity -> new Bad(
                        quantity.length() > 40 ? "400 digits" : quantity,
                        ":2}",
                        ":" + quantity + "}",
                        ProblemAnswer.of(422, "request.invalid-field", "/lines/0/quantity")));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsAskedForMustBeOnOfferAndComplete(Bad bad) throws Exception {
        isRefusedAndForgotten(bad);
    }

    static Stream<Bad> whatIsAskedForMustBeOnOfferAndComplete() {
        return Stream.of(
                new Bad(
                        "an unknown product",
                        "SL-",
                        "canary-",
                        ProblemAnswer.of(422, "order.unknown-sku", "/lines/0/sku")),
                new Bad(
                        "an unknown product beside a known one",
                        "\"lines\":[",
                        "\"lines\":[{\"sku\":\"SL-0150\",\"quantity\":1},{\"sku\":\"canary\",\"quantity\":1},",
                        ProblemAnswer.of(422, "order.unknown-sku", "/lines/1/sku")),
                new Bad(
                        "a product's number that reads like a card's",
                        "\"lines\":[",
                        "\"lines\":[{\"sku\":\"" + CARD + "\",\"quantity\":1},",
                        ProblemAnswer.of(422, "order.unknown-sku", "/lines/0/sku")),
                new Bad(
                        "another currency than the product's",
                        "\"EUR\"",
                        "\"USD\"",
                        ProblemAnswer.of(422, "order.currency-mismatch", "/lines/0/sku")),
                new Bad(
                        "a currency that is none",
                        "\"EUR\"",
                        "\"eur\"",
                        ProblemAnswer.of(422, "request.invalid-field", "/currency")),
                new Bad(
                        "no quantity",
                        ",\"quantity\":2",
                        "",
                        ProblemAnswer.of(422, "request.missing-field", "/lines/0/quantity")),
                new Bad(
                        "a name that is null",
                        "\"Nora Lind\"",
                        "null",
                        ProblemAnswer.of(422, "request.missing-field", "/delivery/name")),
                new Bad(
                        "a name of blanks",
                        "Nora Lind",
                        "  ",
                        ProblemAnswer.of(422, "request.invalid-field", "/delivery/name")),
                new Bad(
                        "a country that is none",
                        "\"SE\"",
                        "\"XX\"",
                        ProblemAnswer.of(422, "request.invalid-field", "/delivery/country")));
    }

    @Clause("A5")
    @ParameterizedTest
    @ValueSource(strings = {"Nora 4111111111111112", "Nora 41111111111111111111111", "Nora 411111111111"})
    void aNumberThatIsNoCardsIsTaken(String name) throws Exception {
        String good = Shop.order(shop.freshProduct()).encode().replace("Nora Lind", name);

        assertThat(shop.place(token, newKey(), good).statusCode()).isEqualTo(201);
    }

    @Test
    @Clause("A5")
    void aPhoneNumberMayReadLikeACardsNumber() throws Exception {
        JsonObject good = Shop.order(shop.freshProduct());
        good.getJsonObject("delivery").put("phone", "+378282246310005");

        assertThat(shop.place(token, newKey(), good.encode()).statusCode()).isEqualTo(201);
    }

    @Test
    @Clause("A5")
    void aCardNumberInTheReasonOfARefundIsRefusedAndTheOrderStaysAsItIs() throws Exception {
        String sku = shop.freshProduct();
        JsonObject order = new JsonObject(
                shop.place(token, newKey(), Shop.order(sku).encode()).body());
        Stored before = shop.stored(sku);

        HttpResponse<String> answer = shop.send(shop.request("/v1/staff/orders/" + order.getString("id") + "/refunds")
                .header("Authorization", "Bearer " + shop.token("support"))
                .header("Purpose", "refund_management")
                .header("Case", "case-1")
                .header("Idempotency-Key", newKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"back to 4111 1111 1111 1111\"}")));

        ProblemAnswer.of(422, "request.card-number", "/reason").isSaidBy(answer);
        assertThat(shop.stored(sku)).isEqualTo(before);
    }

    @Test
    @Clause("A1")
    void aReasonOfARefundInWordsOfOnesOwnIsRefusedAndTheListIsSaid() throws Exception {
        HttpResponse<String> answer = shop.send(shop.request("/v1/staff/orders/" + UUID.randomUUID() + "/refunds")
                .header("Authorization", "Bearer " + shop.token("support"))
                .header("Purpose", "refund_management")
                .header("Case", "case-1")
                .header("Idempotency-Key", newKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"Ada called\"}")));

        ProblemAnswer.of(422, "request.invalid-field", "/reason").isSaidBy(answer);
        assertThat(answer.body()).contains("must be one of damaged, ").doesNotContain("Ada");
    }

    @Clause("A1")
    @ParameterizedTest
    @MethodSource
    void aGiftThatCanNeverBeOrderedLeavesNoRecipientBehind(Bad bad) throws Exception {
        String sku = shop.freshProduct();
        String good = Shop.order(sku)
                .put("recipient", new JsonObject().put("name", "Ada Berg"))
                .encode();
        String key = newKey();
        Stored before = shop.stored(sku);

        bad.answer().isSaidBy(shop.place(token, key, bad.spoil(good)));

        assertThat(shop.stored(sku)).as("no person, no key").isEqualTo(before);
        HttpResponse<String> accepted = shop.place(token, key, good);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        assertThat(shop.stored(sku))
                .as("the recipient of an accepted gift has both")
                .isEqualTo(before.withOnePersonMore().afterOneOrderOf(2));
    }

    static Stream<Bad> aGiftThatCanNeverBeOrderedLeavesNoRecipientBehind() {
        return Stream.of(
                new Bad(
                        "an unknown product",
                        "SL-",
                        "canary-",
                        ProblemAnswer.of(422, "order.unknown-sku", "/lines/0/sku")),
                new Bad(
                        "another currency than the product's",
                        "\"EUR\"",
                        "\"USD\"",
                        ProblemAnswer.of(422, "order.currency-mismatch", "/lines/0/sku")));
    }

    private static void isRefusedAndForgotten(Bad bad) throws Exception {
        String sku = shop.freshProduct();
        String good = Shop.order(sku).encode();
        String key = newKey();
        Stored before = shop.stored(sku);

        HttpResponse<String> refused = shop.place(token, key, bad.spoil(good));

        bad.answer().isSaidBy(refused);
        assertThat(refused.body())
                .as("what was sent is not said back")
                .doesNotContain(CARD)
                .doesNotContain("4111 1111")
                .doesNotContain("canary\"");
        assertThat(shop.stored(sku)).as("nothing of it is stored").isEqualTo(before);
        HttpResponse<String> accepted = shop.place(token, key, good);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        assertThat(shop.stored(sku)).as("the same put right is").isEqualTo(before.afterOneOrderOf(2));
    }

    private static Bad unknown(String what, String from, String to, String pointer) {
        return new Bad(what, from, to, ProblemAnswer.of(422, "request.unknown-field", pointer));
    }

    private static Bad card(String what, String from, String to, String pointer) {
        return new Bad(what, from, to, ProblemAnswer.of(422, "request.card-number", pointer));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
