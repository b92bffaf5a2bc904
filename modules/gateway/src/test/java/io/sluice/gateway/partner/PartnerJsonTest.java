package io.sluice.gateway.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerJsonTest {

    @Test
    void whatIsWrittenIsReadAgainAlike() {
        JsonObject told = new JsonObject()
                .put("reference", "order-1")
                .put("amount", 1999L << 32)
                .put("final", true)
                .put(
                        "recipient",
                        new JsonObject()
                                .put("name", "Zo\u00eb \"\ud83d\ude00\" \u0141")
                                .putNull("line2"));

        assertThat(PartnerJson.object(PartnerJson.bytes(told))).isEqualTo(told);
        assertThat(PartnerJson.bytes(told)).isEqualTo(told.toBuffer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "\"text\"", "{", "{\"a\":1} {}", "no JSON"})
    void whatIsNoObjectIsNone(String text) {
        assertThat(PartnerJson.object(Buffer.buffer(text))).isNull();
        assertThat(PartnerJson.object(null)).isNull();
    }
}
