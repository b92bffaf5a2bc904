package io.sluice.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final String PROXY = "10.0.0.1";

    private final Origins direct = new Origins(0);
    private final Origins behindOne = new Origins(1);
    private final Origins behindTwo = new Origins(2);

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::7, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::7, [2001:db8:1:2::8]:4711",
        "192.0.2.7, 192.0.2.7:4711",
        "192.0.2.7, ::ffff:192.0.2.7",
        "fe80::1%eth0, fe80::2"
    })
    void thereIsOneOriginBehindManySpellingsAndAllOfANetwork(String one, String other) {
        assertThat(Origin.of(one)).isPresent().isEqualTo(Origin.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::7, 2001:db8:1:3::7",
        "192.0.2.7, 192.0.2.8",
        "::ffff:192.0.2.7, ::ffff:192.0.2.8",
        "::1, 0.0.0.1"
    })
    void differentHouseholdsAreDifferentOrigins(String one, String other) {
        assertThat(Origin.of(one)).isPresent().isNotEqualTo(Origin.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "999.1.1.1", "example.org", "[2001:db8::7", "1:2:3", "1.2.3.4, 5.6.7.8"
            })
    void whatIsNoAddressIsNoOriginAndNothingIsLookedUp(String text) {
        assertThat(Origin.of(text)).isEmpty();
    }

    @Test
    void anOriginDoesNotPrint() {
        assertThat(Origin.of("192.0.2.7").orElseThrow()).hasToString("Origin[•••]");
    }

    @Test
    void withoutProxiesTheConnectionCountsWhateverTheHeaderSays() {
        assertThat(direct.of("192.0.2.7", List.of("198.51.100.1"))).isEqualTo(origin("192.0.2.7"));
    }

    @Test
    void ofWhatAProxyHandsOnOnlyItsOwnEntryIsBelieved() {
        List<String> header = List.of("198.51.100.66, 192.0.2.7");

        assertThat(behindOne.of(PROXY, header)).isEqualTo(origin("192.0.2.7"));
        assertThat(behindOne.of(PROXY, header)).as("which the client wrote").isNotEqualTo(origin("198.51.100.66"));
    }

    @Test
    void behindTwoProxiesTheOuterOnesEntryCounts() {
        assertThat(behindTwo.of(PROXY, List.of("198.51.100.66, 192.0.2.7,10.0.0.2")))
                .isEqualTo(origin("192.0.2.7"));
        assertThat(behindTwo.of(PROXY, List.of("198.51.100.66", "192.0.2.7", "10.0.0.2")))
                .as("in as many headers")
                .isEqualTo(origin("192.0.2.7"));
    }

    @Test
    void whereTheProxiesDoNotTellTheConnectionCounts() {
        assertThat(behindOne.of(PROXY, List.of())).isEqualTo(origin(PROXY));
        assertThat(behindOne.of(PROXY, List.of("192.0.2.7, unknown"))).isEqualTo(origin(PROXY));
        assertThat(behindTwo.of(PROXY, List.of("192.0.2.7")))
                .as("it has passed one proxy only")
                .isEqualTo(origin(PROXY));
        assertThat(behindOne.of(null, List.of())).as("no network at all").isEqualTo(Origin.NOWHERE);
    }

    private static Origin origin(String address) {
        return Origin.of(address).orElseThrow();
    }
}
