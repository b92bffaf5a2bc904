package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en",
                "de-AT",
                "zh-Hant-HK",
                "es-419",
                "sl-rozaj-biske",
                "de-CH-1901",
                "zh-cmn-Hans-CN",
                "ar-EG-u-nu-arab",
                "en-x-ours",
                "EN-gb",
                "en-a-bbb-x-a-ccc"
            })
    void whatRfc5646HasForATagIsOne(String tag) {
        assertThat(LanguageTag.isOne(tag)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "e",
                "not a locale",
                "en_GB",
                "en-",
                "-en",
                "en--GB",
                "en-x-",
                "en-x",
                "x-ours",
                "und",
                "und-DE",
                "en-toolongsubtag",
                "1en",
                "en-a",
                "e\u00f1",
                "en-GB\n"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(LanguageTag.isOne(text)).isFalse();
    }

    @Test
    void everyLocaleOfThisJavaHasATagThatIsOne() {
        assertThat(Arrays.stream(Locale.getAvailableLocales())
                        .filter(locale -> !locale.getLanguage().isEmpty()))
                .extracting(Locale::toLanguageTag)
                .allMatch(LanguageTag::isOne);
    }
}
