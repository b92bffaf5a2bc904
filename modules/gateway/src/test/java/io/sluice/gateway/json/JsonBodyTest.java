package io.sluice.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Refused;
import io.sluice.kernel.Clause;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static final int DEPTH = 8;

    private static final JsonValue<String> LINE = JsonObject.<StringBuilder>empty()
            .required("sku", JsonText.upTo(8).exempt(), StringBuilder::append)
            .required(
                    "quantity",
                    JsonWhole.between(1, 100),
                    (line, many) -> line.append('x').append(many))
            .as(StringBuilder::new, StringBuilder::toString);

    private static final JsonObject<Letter> ADDRESS = JsonObject.<Letter>empty()
            .required("street", JsonText.upTo(20), (letter, text) -> letter.street = text)
            .optional(
                    "phone",
                    JsonText.upTo(16)
                            .matching(text -> text.matches("\\+[0-9]{7,15}"), "must be a phone number")
                            .exempt(),
                    (letter, text) -> letter.phone = text);

    private static final JsonValue<Letter> LETTER = JsonObject.<Letter>empty()
            .required("to", ADDRESS)
            .required("lines", JsonList.of(LINE, 3), (letter, lines) -> letter.lines = lines)
            .optional("urgent", JsonFlag.FLAG, (letter, flag) -> letter.urgent = flag)
            .optional("flags", JsonFlags.upTo(2), (letter, flags) -> letter.flags = flags)
            .as(Letter::new, letter -> letter);

    private static final String GOOD = "{\"to\":{\"street\":\"Unter den Linden 1\",\"phone\":\"+4915112345678\"},"
            + "\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"B\",\"quantity\":100}],\"urgent\":true}";

    private static final class Letter {
        private String street = "";
        private String phone = "";
        private List<String> lines = List.of();
        private boolean urgent;
        private Map<String, Boolean> flags = Map.of();
    }

    private static Letter read(String json) {
        return JsonBody.read(Buffer.buffer(json), LETTER, DEPTH);
    }

    private static Problem refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refused(byte[] body) {
        Refused refused = catchThrowableOfType(Refused.class, () -> JsonBody.read(Buffer.buffer(body), LETTER, DEPTH));
        assertThat(refused).as("the body is refused").isNotNull();
        return refused.problem();
    }

    private static String but(String what, String with) {
        assertThat(GOOD).contains(what);
        return GOOD.replace(what, with);
    }

    @Test
    void aGoodBodyFillsTheDraft() {
        Letter letter = read(GOOD);

        assertThat(letter.street).isEqualTo("Unter den Linden 1");
        assertThat(letter.phone).isEqualTo("+4915112345678");
        assertThat(letter.lines).containsExactly("Ax1", "Bx100");
        assertThat(letter.urgent).isTrue();
    }

    @Test
    void theOrderOfMembersAndTheSpaceBetweenThemDoNotMatter() {
        Letter letter = read(
                "\n { \"lines\" : [ { \"quantity\" : 7 , \"sku\" : \"\\u0041\" } ] ,\t\"to\":{\"street\":\"x\"}} ");

        assertThat(letter.lines).as("read as they came").containsExactly("x7A");
    }

    @Test
    void aMemberThatIsNullIsNotThere() {
        assertThat(read(but("\"urgent\":true", "\"urgent\":null")).urgent).isFalse();
        assertThat(refused(but("\"Unter den Linden 1\"", "null")).code()).isEqualTo("request.missing-field");
    }

    @Test
    @Clause("A1")
    void aFieldThatNobodyCataloguedIsRefusedByItsNameAndWithoutItsValue() {
        Problem problem =
                refused(but("\"phone\":\"+4915112345678\"", "\"birthday\":\"1815-12-10\",\"a/b~c\":{\"d\":[1]}"));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("request.unknown-field");
        assertThat(problem.errors()).extracting(Problem.At::pointer).containsExactly("/to/birthday", "/to/a~1b~0c");
        assertThat(problem.toString()).doesNotContain("1815");
    }

    @Test
    void aNameTooLongToBeAFieldIsNotSaidBack() {
        Problem problem = refused(but("\"urgent\"", "\"" + "n".repeat(65) + "\""));

        assertThat(problem.code()).isEqualTo("request.unknown-field");
        assertThat(problem.errors()).extracting(Problem.At::pointer).containsExactly("");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Problem problem =
                refused("{\"to\":{\"phone\":\"no\",\"x\":1},\"lines\":[{\"sku\":\"\"},{\"sku\":7,\"quantity\":0},5],"
                        + "\"urgent\":\"yes\"}");

        assertThat(problem.code()).as("the gravest kind").isEqualTo("request.unknown-field");
        assertThat(problem.errors())
                .extracting(Problem.At::pointer)
                .containsExactly(
                        "/to/phone",
                        "/to/x",
                        "/to/street",
                        "/lines/0/sku",
                        "/lines/0/quantity",
                        "/lines/1/sku",
                        "/lines/1/quantity",
                        "/lines/2",
                        "/urgent");
        assertThat(problem.errors()).allSatisfy(at -> assertThat(at.detail()).isNotBlank());
    }

    @Test
    void noMoreProblemsAreListedThanAnybodyReads() {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 1000; i++) {
            many.append("\"x").append(i).append("\":0,");
        }

        assertThat(refused(many + "\"to\":{\"street\":\"x\"}}").errors()).hasSize(JsonSource.MOST_NAMED);
    }

    @Test
    void aFieldThatStandsTwiceIsRefused() {
        Problem problem = refused(but("\"urgent\":true", "\"urgent\":true,\"urgent\":true"));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).containsExactly(new Problem.At("/urgent", "must stand once"));
        assertThat(refused(but("\"urgent\":true", "\"urgent\":null,\"urgent\":true"))
                        .errors())
                .as("also if it was null at first")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "1.0", "1e1", "\"1\"", "true", "[1]", "{}", "99999999999999999999999"})
    void aQuantityIsAnExactIntegerWithinItsBounds(String quantity) {
        Problem problem = refused(but("\"quantity\":100", "\"quantity\":" + quantity));

        assertThat(problem.code()).isEqualTo("request.invalid-field");
        assertThat(problem.errors())
                .containsExactly(new Problem.At("/lines/1/quantity", "must be an integer from 1 to 100"));
    }

    @Test
    void aNumberOfThousandsOfDigitsIsNoNumberOfOurs() {
        assertThat(refused(but("\"quantity\":100", "\"quantity\":" + "9".repeat(5000)))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"   \"",
                "\"123456789012345678901\"",
                "\"a\\u0000b\"",
                "\"a\\nb\"",
                "\"\\ud800\"",
                "\"\u0085\"",
                "3"
            })
    void aTextIsVisibleAndOfBoundedLength(String text) {
        Problem problem = refused(but("\"Unter den Linden 1\"", text));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(Problem.At::pointer).containsExactly("/to/street");
    }

    @Test
    void lengthCountsCharactersAsPeopleDo() {
        assertThat(read(but("Unter den Linden 1", "😀".repeat(20))).street).hasSize(40);
        assertThat(refused(but("Unter den Linden 1", "😀".repeat(21))).status()).isEqualTo(422);
    }

    @Test
    void aListHasOneItemAtLeastAndNotTooMany() {
        String line = "{\"sku\":\"A\",\"quantity\":1}";

        assertThat(refused("{\"to\":{\"street\":\"x\"},\"lines\":[]}").errors())
                .containsExactly(new Problem.At("/lines", "must be a list of 1 to 3 items"));
        assertThat(refused("{\"to\":{\"street\":\"x\"},\"lines\":[" + (line + ",").repeat(3) + line + "]}")
                        .errors())
                .hasSize(1);
        assertThat(read("{\"to\":{\"street\":\"x\"},\"lines\":[" + (line + ",").repeat(2) + line + "]}").lines)
                .hasSize(3);
    }

    @Test
    void flagsAreReadByNameAndBounded() {
        assertThat(read(but("\"urgent\":true", "\"flags\":{\"a\":true,\"b\":false}")).flags)
                .containsExactly(Map.entry("a", true), Map.entry("b", false));
        assertThat(refused(but("\"urgent\":true", "\"flags\":{\"a\":1,\"a\":true,\"b\":true,\"c\":true}"))
                        .errors())
                .extracting(Problem.At::pointer)
                .containsExactly("/flags/a", "/flags/c");
    }

    @ParameterizedTest
    @Clause("A5")
    @ValueSource(
            strings = {
                "{\"to\":{\"street\":\"4111 1111 1111 1111\"}}",
                "{\"to\":{\"street\":4111111111111111}}",
                "{\"to\":{\"street\":\"x\",\"phone\":\"4111111111111111\"}}",
                "{\"note\":\"4111111111111111\"}",
                "{\"note\":{\"deep\":[[\"4111111111111111\"]]}}",
                "{\"note\":{\"4111111111111111\":1}}",
                "{\"4111111111111111\":1}",
                "{\"lines\":[{\"quantity\":4111111111111111}]}",
                "{\"lines\":[1,1,1,1,\"4111111111111111\"]}",
                "{\"urgent\":\"4111111111111111\"}",
                "{\"flags\":{\"4111111111111111\":true}}",
                "{\"flags\":{\"a\":\"4111111111111111\"}}",
                "{\"urgent\":true,\"urgent\":\"4111111111111111\"}",
                "{\"note\":\"\\u0034111111111111111\"}"
            })
    void aCardNumberIsRefusedWhereverItStandsAndNeverSaidBack(String body) {
        Problem problem = refused(body);

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("request.card-number");
        assertThat(problem.toString()).doesNotContain("4111");
    }

    @Test
    @Clause("A5")
    void whatIsExemptAndWellFormedIsNoCardNumber() {
        assertThat(read(but("+4915112345678", "+378282246310005")).phone).isEqualTo("+378282246310005");
        assertThat(refused(but("+4915112345678", "378282246310005")).code())
                .as("exempt is a phone number, not whatever stands under its name")
                .isEqualTo("request.card-number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}}",
                "{} {}",
                "{\"to\"}",
                "{\"to\":}",
                "{\"to\":{}",
                "{'to':{}}",
                "{to:{}}",
                "{\"to\":{},}",
                "{\"urgent\":tru}",
                "{\"urgent\":NaN}",
                "{\"x\":01}",
                "{\"x\":+1}",
                "{\"x\":.5}",
                "{\"x\":\"\\x\"}",
                "{\"x\":\"\\u00g0\"}",
                "{\"x\":\"tab\there\"}",
                "{\"x\":1}//",
                "\uFEFF{}"
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        Problem problem = refused(body);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("request.malformed-json");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        for (byte[] bad : List.of(
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0xC0, (byte) 0x80}, // an overlong U+0000
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // half a pair
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // past the last character
                new byte[] {(byte) 0xE2, (byte) 0x82})) { // cut off
            Buffer body = Buffer.buffer("{\"x\":\"").appendBytes(bad).appendString("\"}");

            assertThat(refused(body.getBytes()).code()).isEqualTo("request.malformed-json");
        }
        assertThat(refused("{\"x\":1}".getBytes(StandardCharsets.UTF_16)).status())
                .isEqualTo(400);
    }

    @Test
    void whatNestsTooDeepIsRefusedAndAsDeepAsAllowedIsNot() {
        String deep = "[".repeat(DEPTH - 1) + "]".repeat(DEPTH - 1);

        assertThat(refused("{\"x\":" + deep + "}").code()).isEqualTo("request.unknown-field");
        assertThat(refused("{\"x\":[" + deep + "]}").code()).isEqualTo("request.too-deep");
        assertThat(refused("{\"x\":" + "{\"x\":".repeat(30_000)).code()).isEqualTo("request.too-deep");
    }
}
