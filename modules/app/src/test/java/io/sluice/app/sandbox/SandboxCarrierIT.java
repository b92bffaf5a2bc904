package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.parcelFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.sandbox.World.Said;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCarrierIT {

    private static final SandboxPace STANDING = new SandboxPace(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(30),
            1,
            Duration.ofMillis(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1));

    @TempDir
    Path directory;

    @Test
    void aParcelIsAcceptedAndBroughtStepByStep() {
        try (World world = new World(directory)) {
            Said answer = world.carrier("/v1/parcels", "k1", parcelFor("Karolien Björklund"));

            assertThat(answer.statusCode()).isEqualTo(201);
            JsonObject parcel = answer.json();
            assertThat(parcel.getString("status")).isEqualTo("accepted");
            assertThat(parcel.getString("tracking_number")).startsWith("SBX");
            assertThat(List.of(
                            world.next().type(),
                            world.next().type(),
                            world.next().type(),
                            world.next().type()))
                    .containsExactly(
                            "shipment.accepted",
                            "shipment.in_transit",
                            "shipment.out_for_delivery",
                            "shipment.delivered");
            assertThat(world.parcel("k1").json().getString("status")).isEqualTo("delivered");
            assertThat(world.effects("carrier.ndjson"))
                    .containsExactly("accepted", "in_transit", "out_for_delivery", "delivered");
            assertThat(world.lines("carrier.ndjson")
                            .getFirst()
                            .getJsonObject("recipient")
                            .getString("city"))
                    .isEqualTo("Göteborg");
        }
    }

    @Test
    void theSameKeyGetsTheSameParcel() {
        try (World world = new World(directory, settings -> settings.with(STANDING))) {
            Said first = world.carrier("/v1/parcels", "k1", parcelFor("Ada"));
            Said again = world.carrier("/v1/parcels", "k1", parcelFor("CARRIER REFUSES"));

            assertThat(again.body()).isEqualTo(first.body());
            assertThat(world.effects("carrier.ndjson")).containsExactly("accepted");
        }
    }

    @Test
    void aParcelIsCalledBackUntilItMoves() {
        try (World world = new World(directory, settings -> settings.with(STANDING))) {
            JsonObject parcel =
                    world.carrier("/v1/parcels", "k1", parcelFor("Ada")).json();
            String path = "/v1/parcels/" + parcel.getString("id") + "/cancellations";

            Said cancelled = world.carrier(path, "k2", new JsonObject());
            assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
            assertThat(world.carrier(path, "k2", new JsonObject()).body()).isEqualTo(cancelled.body());
            assertThat(world.carrier(path, "k3", new JsonObject()).statusCode()).isEqualTo(409);
            assertThat(world.effects("carrier.ndjson")).containsExactly("accepted", "cancelled");
        }
    }

    @Test
    void aParcelUnderWayIsNotCalledBack() {
        try (World world = new World(directory)) {
            JsonObject parcel =
                    world.carrier("/v1/parcels", "k1", parcelFor("Ada")).json();
            assertThat(world.next().type()).isEqualTo("shipment.accepted");
            assertThat(world.next().type()).isEqualTo("shipment.in_transit");

            String path = "/v1/parcels/" + parcel.getString("id") + "/cancellations";
            assertThat(world.carrier(path, "k2", new JsonObject()).statusCode()).isEqualTo(409);
            assertThat(world.carrier("/v1/parcels/none/cancellations", "k2", new JsonObject())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void someRecipientsAreRefusedAndNothingIsWrittenDown() {
        try (World world = new World(directory)) {
            assertThat(world.carrier("/v1/parcels", "k1", parcelFor("CARRIER REFUSES"))
                            .statusCode())
                    .isEqualTo(422);
            JsonObject secondLine = parcelFor("Ada");
            secondLine.getJsonObject("recipient").put("line2", "CARRIER REFUSES");
            assertThat(world.carrier("/v1/parcels", "k2", secondLine).statusCode())
                    .isEqualTo(422);
            JsonObject incomplete = parcelFor("Ada");
            incomplete.getJsonObject("recipient").remove("postcode");
            assertThat(world.carrier("/v1/parcels", "k3", incomplete).statusCode())
                    .isEqualTo(422);

            assertThat(world.parcel("k1").statusCode()).isEqualTo(404);
            assertThat(world.lines("carrier.ndjson")).isEmpty();
        }
    }

    @Test
    void someParcelsAreTakenWithoutAWord() {
        try (World world = new World(directory, settings -> settings.with(STANDING))) {
            var silent = world.post(
                    world.partners().carrier(), "/v1/parcels", "carrier-key", "k1", parcelFor("CARRIER HANGS"));
            assertThat(World.failure(silent)).isInstanceOf(TimeoutException.class);

            assertThat(world.parcel("k1").json().getString("status")).isEqualTo("accepted");
            assertThat(world.carrier("/v1/parcels", "k1", parcelFor("CARRIER HANGS"))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(world.effects("carrier.ndjson")).containsExactly("accepted");
        }
    }
}
