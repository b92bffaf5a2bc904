package io.sluice.commerce.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dispute's two names in one text. */
final class DisputeNameTest {

    @Test
    void bothNamesAreReadAgainFromTheOneText() {
        DisputeName name = new DisputeName("pi_1", "dp_1/2");
        assertThat(DisputeName.of(name.reference())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "dp_1", "/dp_1", "pi_1/"})
    void whatDoesNotNameBothIsNone(String reference) {
        assertThat(DisputeName.of(reference)).isEmpty();
    }

    @Test
    void whatWouldBeReadAsAnotherNameIsNotWritten() {
        assertThatThrownBy(() -> new DisputeName("pi/1", "dp_1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DisputeName("pi_1", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
