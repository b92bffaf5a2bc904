package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "Ada.Lovelace@Example.ORG, ada.lovelace@example.org",
        "o'neill+shop@sub.example.com, o'neill+shop@sub.example.com",
        "büro@müller.example, büro@xn--mller-kva.example",
        "用户@例子.example, 用户@xn--fsqu00a.example",
    })
    void anAddressHasOneForm(String written, String canonical) {
        assertThat(EmailAddress.parse(written)).contains(new EmailAddress(canonical));
    }

    @Test
    void composedAndDecomposedLettersAreTheSameAddress() {
        assertThat(EmailAddress.parse("jose\u0301@example.org")).isEqualTo(EmailAddress.parse("jos\u00e9@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@localhost",
                "a da@example.org",
                "ada@exa mple.org",
                "ada@@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "ada@.example.org",
                "ada@example..org",
                "ada\r\nBcc: x@example.org",
                "\"ada\"@example.org",
                "ada<script>@example.org",
                "0123456789012345678901234567890123456789012345678901234567890123456789@example.org",
            })
    void whatIsNoAddressIsRefused(String written) {
        assertThat(EmailAddress.parse(written)).isEmpty();
    }

    @Test
    void anAddressDoesNotPrintItself() {
        assertThat(EmailAddress.parse("ada@example.org").map(Object::toString)).contains("•••");
    }
}
