package io.sluice.gateway.webhook.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Said.Slots;
import io.sluice.kernel.Clause;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReaderTest {

    private static final UUID OPERATION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final String CAPTURE = """
            {"type": "capture.succeeded", "timestamp": "2026-11-23T18:22:00Z", "data": {
              "id": "cp_1", "kind": "capture", "status": "succeeded", "amount": 1999, "currency": "EUR",
              "reference": "order-1", "idempotency_key": "01890a5d-ac96-774b-bcce-b302099a8057"}}
            """;

    private static Said read(String body) {
        return read(Channel.PAYMENTS, body);
    }

    private static Said read(Channel channel, String body) {
        return new CallbackReader(channel).read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theCataloguedSlotsAreRead() {
        assertThat(read(CAPTURE))
                .isEqualTo(new Said.Known(
                        new Slots("capture.succeeded", OPERATION, "cp_1", "succeeded", 1999L, "EUR", null, null)));
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        assertThat(
                        read(
                                Channel.CARRIERS,
                                "{\"data\":{\"tracking_number\":\"SBX1\",\"status\":\"delivered\"},\"type\":\"shipment.delivered\"}"))
                .isEqualTo(new Said.Known(
                        new Slots("shipment.delivered", null, null, "delivered", null, null, "SBX1", null)));
    }

    @Test
    @Clause({"A1", "C6"})
    void surplusIsDroppedUnread() {
        String surplus = """
                {"recipient": {"name": "Ada", "deeper": [{"still": {"deeper": "x"}}]}, "type": "capture.succeeded",
                 "data": {"id": "cp_1", "holder": "Ada Lovelace", "card": {"number": "4242"}, "list": [1, [2], {}]}}
                """;

        assertThat(read(surplus))
                .isEqualTo(new Said.Known(new Slots("capture.succeeded", null, "cp_1", null, null, null, null, null)));
        assertThat(read(surplus).toString()).doesNotContain("Ada", "4242");
    }

    @Test
    @Clause({"A1", "C6"})
    void aReasonInAPartnersOwnWordsIsSurplusAndTheRestIsRead() {
        String reason = "{\"type\":\"capture.failed\",\"data\":{\"id\":\"cp_1\",\"decline_code\":\"%s\"}}";

        assertThat(read(reason.formatted("Ada Lovelace has no money")))
                .isEqualTo(new Said.Known(new Slots("capture.failed", null, "cp_1", null, null, null, null, null)));
        assertThat(read(reason.formatted("insufficient_funds")))
                .isEqualTo(new Said.Known(
                        new Slots("capture.failed", null, "cp_1", null, null, null, null, "insufficient_funds")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"invoice.paid\",\"data\":{\"amount\":\"12.00\"}}",
                "{\"data\":{\"amount\":[1]},\"type\":\"invoice\"}",
                "{\"type\":\"capturer.succeeded\"}",
                "{\"type\":\"capture.for Ada Lovelace\"}",
                "{\"type\":\"\"}"
            })
    void anotherKindIsUnknownHoweverItsDataLook(String body) {
        assertThat(read(body)).isInstanceOf(Said.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"data\":{}}",
                "{\"type\":7,\"data\":{}}",
                "{\"type\":null}",
                "{\"type\":\"capture.succeeded\"} {}",
                "{\"type\":\"capture.succeeded\",\"type\":\"shipment.delivered\"}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"amount\":\"1999\"}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"amount\":19.99}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"amount\":-1}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"amount\":99999999999999999999}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"id\":{\"a\":1}}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"status\":\"paid by Ada\"}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"currency\":\"Ada\"}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"id\":\"a\\u0000b\"}}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"id\":\"a\"},}",
                "{\"type\":\"capture.succeeded\",\"data\":{\"id\":'a'}}"
            })
    void whatIsNotAsItMustBeIsMalformed(String body) {
        assertThat(read(body)).isInstanceOf(Said.Malformed.class);
    }

    @Test
    void aSlotThatIsTooLongOrTooDeepIsMalformed() {
        assertThat(read("{\"type\":\"capture.succeeded\",\"data\":{\"id\":\"" + "x".repeat(256) + "\"}}"))
                .isInstanceOf(Said.Malformed.class);
        assertThat(read("{\"type\":\"capture.succeeded\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
                .isInstanceOf(Said.Malformed.class);
    }

    @Test
    void aKeyThatIsNoIdOfOursLeavesTheSlotEmpty() {
        assertThat(read("{\"type\":\"capture.succeeded\",\"data\":{\"idempotency_key\":\"somebody else's\"}}"))
                .isEqualTo(new Said.Known(new Slots("capture.succeeded", null, null, null, null, null, null, null)));
    }

    @Test
    void noCutAndNoBrokenByteEndsInAnException() {
        byte[] whole = CAPTURE.strip().getBytes(StandardCharsets.UTF_8);
        CallbackReader reader = new CallbackReader(Channel.PAYMENTS);
        for (int length = 0; length < whole.length; length++) {
            assertThat(reader.read(Arrays.copyOf(whole, length))).isInstanceOf(Said.Malformed.class);
            byte[] broken = whole.clone();
            broken[length] = (byte) 0xff;
            assertThat(reader.read(broken)).isNotNull();
        }
    }
}
