package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {

    @Test
    void escapesWhatMustBeAndNothingElse() {
        // RFC 8785, 3.2.2.2
        assertThat(new CanonicalJson()
                        .text("s", "\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f")
                        .toString())
                .isEqualTo("{\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\"}");
    }

    @Test
    void membersStandInTheOrderOfTheirUtf16Units() {
        // RFC 8785, 3.2.3: a smiley's surrogates come before a Hebrew presentation form
        assertThat(new CanonicalJson()
                        .number("1", 1)
                        .number("\u00f6", 2)
                        .number("\ud83d\ude00", 3)
                        .number("\ufb33", 4)
                        .toString())
                .isEqualTo("{\"1\":1,\"\u00f6\":2,\"\ud83d\ude00\":3,\"\ufb33\":4}");
        CanonicalJson begun = new CanonicalJson().number("b", 1);
        assertThatThrownBy(() -> begun.number("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> begun.number("b", 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listsAndGapsAndWhatIsMissing() {
        CanonicalJson json = new CanonicalJson()
                .texts("a", List.of())
                .texts("b", List.of("x", "y"))
                .maybe("c", null)
                .gap("n")
                .text("z", "");
        assertThat(json.beforeGap() + 7 + json.afterGap())
                .isEqualTo("{\"a\":[],\"b\":[\"x\",\"y\"],\"n\":7,\"z\":\"\"}");
        assertThat(new CanonicalJson().toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db", "\u0000"})
    void whatIsNoTextIsRefused(String text) {
        CanonicalJson json = new CanonicalJson();
        assertThatThrownBy(() -> json.text("s", text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53, Long.MAX_VALUE})
    void numbersThatReadersDisagreeOnAreRefused(long number) {
        CanonicalJson json = new CanonicalJson();
        assertThatThrownBy(() -> json.number("n", number)).isInstanceOf(IllegalArgumentException.class);
    }
}
