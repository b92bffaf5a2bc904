package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.amount;
import static io.sluice.app.sandbox.World.authorisation;
import static io.sluice.app.sandbox.World.parcelFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.sandbox.World.Said;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRestartIT {

    @TempDir
    Path directory;

    private static final SandboxPace STEPS_IN_HALF_A_SECOND = new SandboxPace(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(30),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(500),
            Duration.ofMillis(10),
            Duration.ofMillis(10));

    @Test
    void aRestartedPartnerKnowsEverythingThatItAnswered() {
        try (World world = new World(directory)) {
            Said first = world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            String id = first.json().getString("id");
            world.provider(
                    "/v1/authorisations/" + id + "/captures", "k2", amount(1500).put("final", true));

            world.stop();
            world.startAgain();

            Said again = world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(world.operation("k2").json().getString("status")).isEqualTo("succeeded");
            assertThat(world.provider("/v1/authorisations/" + id + "/captures", "k3", amount(1))
                            .json()
                            .getString("decline_code"))
                    .isEqualTo("nothing_left");
            assertThat(world.effects("provider.ndjson")).containsExactly("authorised", "captured", "capture_failed");
        }
    }

    @Test
    void aChallengeSurvivesUnderItsAddress() {
        try (World world = new World(directory)) {
            String url = world.provider("/v1/authorisations", "k1", authorisation("pm_card_3ds"))
                    .json()
                    .getJsonObject("next_action")
                    .getString("url");

            world.stop();
            world.startAgain();

            assertThat(world.browse(url, new JsonObject().put("outcome", "success"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(world.effects("provider.ndjson")).containsExactly("challenged", "authorised");
        }
    }

    @Test
    void aTornLastLineIsDroppedAndTheBookGoesOn() throws IOException {
        try (World world = new World(directory)) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            world.stop();
            Files.writeString(
                    world.book("provider.ndjson"),
                    "{\"effect\":\"authorised\",\"id\":\"au_",
                    StandardOpenOption.APPEND);
            world.startAgain();

            assertThat(world.operation("k1").statusCode()).isEqualTo(200);
            world.provider("/v1/authorisations", "k2", authorisation("pm_card_visa"));
            assertThat(world.effects("provider.ndjson")).containsExactly("authorised", "authorised");
        }
    }

    @Test
    void aBookDamagedInTheMiddleIsNotOpened() throws IOException {
        try (World world = new World(directory)) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            world.stop();
            String line = Files.readString(world.book("provider.ndjson"));
            Files.writeString(world.book("provider.ndjson"), "{\"effect\n" + line);

            Throwable refused = World.failure(SandboxPartners.start(
                    world.vertx, SandboxSettings.lively(directory, World.PROVIDER, World.CARRIER, null)));

            assertThat(refused).hasMessageContaining("damaged before its last line");
        }
    }

    @Test
    void aBookHasOneOwnerAtATime() {
        try (World world = new World(directory)) {
            Throwable refused = World.failure(SandboxPartners.start(
                    world.vertx, SandboxSettings.lively(directory, World.PROVIDER, World.CARRIER, null)));

            assertThat(refused).hasMessageContaining("open already");
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatTheShopHasNotHeardIsToldAfterTheRestartAndWhatItHasHeardIsNot() {
        try (World world = new World(directory)) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            assertThat(world.next().json().getJsonObject("data").getString("idempotency_key"))
                    .isEqualTo("k1");
            world.stop();
            String heardLine = world.lines("provider.ndjson").getFirst().encode();
            JsonObject unheard = new JsonObject(heardLine.replace("k1", "k2"))
                    .put("id", "au_other")
                    .put("event", "evt_other");
            append(world, unheard);
            world.startAgain();

            World.Heard next = world.next();
            assertThat(next.id()).isEqualTo("evt_other");
            assertThat(world.heard).isEmpty();
        }
    }

    private static void append(World world, JsonObject line) {
        try {
            Files.writeString(world.book("provider.ndjson"), line.encode() + "\n", StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aParcelUnderWayGoesOnAfterARestart() {
        try (World world = new World(directory, settings -> settings.with(STEPS_IN_HALF_A_SECOND))) {
            world.carrier("/v1/parcels", "k1", parcelFor("Ada"));
            world.stop();
            world.startAgain();

            World.Heard heard = world.next();
            while (!heard.type().equals("shipment.delivered")) {
                heard = world.next();
            }
            assertThat(world.effects("carrier.ndjson"))
                    .containsExactly("accepted", "in_transit", "out_for_delivery", "delivered");
        }
    }

    @Test
    void anAuthorisationWhoseTimeEndedWhileThePartnerWasClosedLapsesAtItsNextStart() {
        try (World world = new World(directory, plain -> plain.with(World.LAPSING))) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            world.stop();
            assertThat(world.effects("provider.ndjson")).containsExactly("authorised");

            world.startAgain();

            world.next("authorisation.expired");
            assertThat(world.operation("k1").json().getString("status")).isEqualTo("expired");
        }
    }
}
