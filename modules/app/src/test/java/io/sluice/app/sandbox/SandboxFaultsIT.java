package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.authorisation;
import static io.sluice.app.sandbox.World.parcelFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.sandbox.World.Said;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFaultsIT {

    @TempDir
    Path directory;

    private static SandboxFaults always(Fault fault) {
        return SandboxFaults.NONE.with(fault, 1);
    }

    @Test
    void anErrorHasNoEffectAndTheSameKeySucceedsLater() {
        try (World world = new World(directory, settings -> settings.with(always(Fault.ERROR)))) {
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(500);
            assertThat(world.operation("k1").statusCode())
                    .as("look-ups fail, too, the first time")
                    .isEqualTo(500);
            assertThat(world.operation("k1").statusCode()).isEqualTo(404);
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aRequestThatHangsHasNoEffectAndTheSameKeySucceedsLater() {
        try (World world = new World(directory, settings -> settings.with(always(Fault.TIMEOUT)))) {
            var silent = world.post(
                    world.partners().provider(),
                    "/v1/authorisations",
                    "provider-key",
                    "k1",
                    authorisation("pm_card_visa"));
            assertThat(World.failure(silent)).isInstanceOf(TimeoutException.class);
            assertThat(world.operation("k1").statusCode()).isEqualTo(404);

            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aLostAnswerHasItsEffectOnce() {
        try (World world = new World(directory, settings -> settings.with(always(Fault.LOST_ANSWER)))) {
            var silent = world.post(
                    world.partners().provider(),
                    "/v1/authorisations",
                    "provider-key",
                    "k1",
                    authorisation("pm_card_visa"));
            assertThat(World.failure(silent)).isInstanceOf(TimeoutException.class);

            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(world.effects("provider.ndjson")).containsExactly("authorised");
        }
    }

    @Test
    void aMismatchHoldsLessThanWasAsked() {
        try (World world = new World(directory, settings -> settings.with(always(Fault.MISMATCH)))) {
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .json()
                            .getLong("amount"))
                    .isEqualTo(1998);
        }
    }

    @Test
    void whatMethodsAskForStrikesMethodsThatAskForNothingAndTheBookSaysSo() {
        assertThat(paying("authorisation.declined", Fault.DECLINE)).containsExactly("declined");
        assertThat(paying("authorisation.requires_action", Fault.CHALLENGE)).containsExactly("challenged");
        assertThat(paying("capture.failed", Fault.CAPTURE_FAILS)).containsExactly("authorised", "capture_failed");
        assertThat(paying("refund.failed", Fault.REFUND_FAILS))
                .containsExactly("authorised", "captured", "refund_failed");
        assertThat(paying("capture.reversed", Fault.CAPTURE_FAILS_LATE)).contains("captured", "capture_reversed");
        assertThat(paying("refund.reversed", Fault.REFUND_FAILS_LATE))
                .containsExactly("authorised", "captured", "refunded", "refund_reversed");
        assertThat(paying("chargeback.opened", Fault.DISPUTE)).contains("captured", "charged_back");
        assertThat(paying("chargeback.won", Fault.DISPUTE, Fault.DISPUTE_WON))
                .contains("captured", "charged_back", "chargeback_won");
    }

    /** The effects of an authorisation, its capture and a refund of half of that, as far as it comes, up to that callback. */
    private List<String> paying(String last, Fault... faults) {
        try (World world = new World(directory.resolve(last), settings -> settings.with(all(faults)))) {
            String authorisation = world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                    .json()
                    .getString("id");
            if (!last.startsWith("authorisation")) {
                Said captured =
                        world.provider("/v1/authorisations/" + authorisation + "/captures", "k2", World.amount(1000));
                String path = "/v1/captures/" + captured.json().getString("id") + "/refunds";
                if (captured.json().getString("status").equals("succeeded")) {
                    world.provider(path, "k3", World.amount(500));
                }
            }
            world.next(last);
            return world.effects("provider.ndjson");
        }
    }

    @Test
    void aParcelThatACarrierDoesNotTakeIsInNoBook() {
        try (World world = new World(directory, settings -> settings.with(always(Fault.PARCEL_REFUSED)))) {
            assertThat(world.carrier("/v1/parcels", "k1", parcelFor("Ada")).statusCode())
                    .isEqualTo(422);
            assertThat(world.effects("carrier.ndjson")).isEmpty();
        }
    }

    @Test
    void aParcelIsStoppedLostOrReturnedAndTheBookSaysSo() {
        assertThat(sending("shipment.delivered", Fault.PARCEL_STOPPED))
                .containsExactly("accepted", "in_transit", "exception", "out_for_delivery", "delivered");
        assertThat(sending("shipment.lost", Fault.PARCEL_LOST)).containsExactly("accepted", "in_transit", "lost");
        assertThat(sending("shipment.returned", Fault.PARCEL_RETURNED))
                .containsExactly("accepted", "in_transit", "out_for_delivery", "returning", "returned");
    }

    private List<String> sending(String last, Fault fault) {
        try (World world = new World(directory.resolve(last), settings -> settings.with(always(fault)))) {
            world.carrier("/v1/parcels", "k1", parcelFor("Ada"));
            world.next(last);
            return world.effects("carrier.ndjson");
        }
    }

    private static SandboxFaults all(Fault... faults) {
        return SandboxFaults.NONE.with(
                Arrays.stream(faults).collect(Collectors.toMap(Function.identity(), fault -> 1.0)));
    }
}
