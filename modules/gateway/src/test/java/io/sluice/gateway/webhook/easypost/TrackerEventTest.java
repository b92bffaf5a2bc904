package io.sluice.gateway.webhook.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import com.easypost.model.Event;
import com.easypost.utils.Cryptography;
import com.easypost.utils.Utilities;
import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Said.Slots;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EasyPost's events say in commerce's words. */
class TrackerEventTest {

    private static final Verdict MALFORMED = new Verdict.Doubtful(WebhookRefusal.MALFORMED);

    private static JsonObject tracker(String status) {
        return new JsonObject()
                .put("id", "trk_1")
                .put("object", "Tracker")
                .put("tracking_code", "EZ1000000001")
                .put("carrier", "USPS")
                .put("status", status)
                .put("status_detail", "address_correction")
                .put("signed_by", "Ada Lovelace")
                .put("weight", 136.0)
                .put("shipment_id", "shp_1")
                .put("is_return", false)
                .put(
                        "tracking_details",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("message", "Left with Ada's neighbour")
                                        .put("tracking_location", new JsonObject().put("city", "Uppsala"))));
    }

    private static String event(String description, JsonObject result) {
        return new JsonObject()
                .put("id", "evt_1")
                .put("object", "Event")
                .put("mode", "production")
                .put("description", description)
                .put("previous_attributes", new JsonObject().put("status", "unknown"))
                .put("result", result)
                .put("status", "completed")
                .encode();
    }

    private static Verdict read(String body) {
        return TrackerEvent.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict genuine(Said said) {
        return new Verdict.Genuine(List.of(new CallbackProtocol.Event("evt_1", said)));
    }

    private static Verdict says(String kind, @Nullable String status, @Nullable String reason) {
        return genuine(new Said.Known(new Slots(kind, null, "shp_1", status, null, null, "EZ1000000001", reason)));
    }

    @ParameterizedTest
    @CsvSource({
        "pre_transit, accepted,",
        "in_transit, in_transit,",
        "out_for_delivery, out_for_delivery,",
        "available_for_pickup, out_for_delivery,",
        "delivered, delivered,",
        "return_to_sender, returning, address_correction",
        "failure, exception, address_correction",
        "error, exception, address_correction",
        "cancelled, cancelled, address_correction"
    })
    void aParcelStandsWhereItsTrackerSaysThatItStands(String status, String word, @Nullable String reason) {
        Verdict said = says("shipment." + word, word, reason);

        assertThat(read(event("tracker.updated", tracker(status)))).isEqualTo(said);
        assertThat(read(event("tracker.created", tracker(status)))).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "teleported"})
    void aParcelThatStandsWhereNobodyKnowsIsNotMoved(String status) {
        assertThat(read(event("tracker.updated", tracker(status)))).isEqualTo(says("shipment.unknown", null, null));
    }

    @Test
    @Clause("C6")
    void whoSignedAndWhereItWasIsNotRead() {
        assertThat(read(event("tracker.updated", tracker("delivered"))).toString())
                .doesNotContain("Ada", "Uppsala");
    }

    @Test
    void aTrackerWithoutAShipmentGoesByItsOwnId() {
        assertThat(read(event("tracker.updated", tracker("delivered").putNull("shipment_id"))))
                .isEqualTo(genuine(new Said.Known(new Slots(
                        "shipment.delivered", null, "trk_1", "delivered", null, null, "EZ1000000001", null))));
    }

    @Test
    void aReturnThatArrivesIsNotTheBuyersParcelDelivered() {
        assertThat(read(event("tracker.updated", tracker("delivered").put("is_return", true))))
                .isEqualTo(genuine(new Said.Unknown()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch.created", "insurance.purchased", "refund.successful", "tracker.deleted", ""})
    void whatIsNotOursIsUnknownHoweverItsResultLooks(String description) {
        assertThat(read(event(
                        description, tracker("delivered").put("status", 7).put("tracking_code", new JsonArray()))))
                .isEqualTo(genuine(new Said.Unknown()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{",
                "{\"id\":\"evt_1\",\"object\":\"Event\"}",
                "{\"id\":\"evt_1\",\"description\":\"tracker.updated\"}",
                "{\"object\":\"Event\",\"description\":\"tracker.updated\"}",
                "{\"id\":\"1\",\"object\":\"Event\",\"description\":\"tracker.updated\"}",
                "{\"id\":\"evt_1\",\"object\":\"Event\",\"description\":\"tracker.updated\"}}",
                "{\"id\":\"evt_1\",\"id\":\"evt_1\",\"object\":\"Event\",\"description\":\"tracker.updated\"}",
                "{\"id\":\"evt_1\",\"object\":\"Event\",\"description\":\"tracker.updated\",\"result\":{\"status\":\"at Ada's\"}}",
                "{\"id\":\"evt_1\",\"object\":\"Event\",\"description\":\"tracker.updated\",\"result\":{\"tracking_code\":7}}"
            })
    void whatIsNotAsEasyPostWritesItIsMalformed(String body) {
        assertThat(read(body)).isEqualTo(MALFORMED);
    }

    @Test
    void noCutAndNoBrokenByteEndsInAnException() {
        byte[] whole = event("tracker.updated", tracker("delivered")).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(TrackerEvent.read(Arrays.copyOf(whole, length))).isEqualTo(MALFORMED);
            byte[] broken = whole.clone();
            broken[length] = (byte) 0xff;
            assertThat(TrackerEvent.read(broken)).isNotNull();
        }
    }

    @Test
    void theseEventsAreWhatEasyPostsLibraryReads() throws Exception {
        byte[] body = event("tracker.updated", tracker("delivered")).getBytes(StandardCharsets.UTF_8);
        String signature = "hmac-sha256-hex=" + Cryptography.toHMACSHA256HexDigest(body, "s", Normalizer.Form.NFKD);

        Event event = Utilities.validateWebhook(body, Map.of("X-Hmac-Signature", signature), "s");

        assertThat(event.getId()).isEqualTo("evt_1");
        assertThat(event.getDescription()).isEqualTo("tracker.updated");
        assertThat(event.getResult()).containsEntry("tracking_code", "EZ1000000001");
    }
}
