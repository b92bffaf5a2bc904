package io.sluice.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlindIndexTest {

    private final BlindIndex index = new BlindIndex(new KeyedHash(new byte[32]));

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ADA@Example.ORG",
        "ada@example.org, ' ada@example.org '",
        "jos\u00e9@example.org, jose\u0301@example.org",
        "JOS\u00c9@example.org, jose\u0301@example.org",
    })
    void spellingsOfOneAddressMeet(String one, String other) {
        assertThat(index.of(one)).isEqualTo(index.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.com",
        "ada@example.org, a.da@example.org",
        "jose@example.org, jos\u00e9@example.org",
        "stra\u00dfe@example.org, strasse@example.org",
    })
    void differentAddressesDoNot(String one, String other) {
        assertThat(index.of(one)).isNotEqualTo(index.of(other));
    }

    @Test
    void withoutTheKeyItCannotBeGuessed() {
        byte[] another = new byte[32];
        another[0] = 1;
        assertThat(index.of("ada@example.org"))
                .isNotEqualTo(new BlindIndex(new KeyedHash(another)).of("ada@example.org"))
                .hasSize(64)
                .doesNotContain("ada");
    }

    @Test
    void theHashIsTheOneOfRfc4231() {
        KeyedHash hash = new KeyedHash("Jefe".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(hash.hex("what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
