package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aTokenIsReadBackFromItsText() {
        RefreshToken token = RefreshToken.random(random);

        assertThat(RefreshToken.parse(token.text()))
                .get()
                .extracting(RefreshToken::hash)
                .isEqualTo(token.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64 at all!", "AAAA", "…", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"})
    void whatIsNoTokenIsNotRead(String text) {
        assertThat(RefreshToken.parse(text)).isEmpty();
    }

    @Test
    void theHolderOfThePredecessorReadsTheSuccessor() {
        RefreshToken predecessor = RefreshToken.random(random);
        RefreshToken successor = RefreshToken.random(random);

        String wrapped = predecessor.wrap(successor);

        assertThat(predecessor.unwrap(wrapped).text()).isEqualTo(successor.text());
    }

    @Test
    void whoHasNotThePredecessorDoesNot() {
        RefreshToken successor = RefreshToken.random(random);

        String wrapped = RefreshToken.random(random).wrap(successor);

        assertThat(RefreshToken.random(random).unwrap(wrapped).text()).isNotEqualTo(successor.text());
    }

    @Test
    void aTokenDoesNotPrintItself() {
        assertThat(RefreshToken.random(random)).hasToString("•••");
    }
}
