package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.authorisation;
import static io.sluice.app.sandbox.World.parcelFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.sluice.app.sandbox.World.Heard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksIT {

    @TempDir
    Path directory;

    private static Map<String, List<String>> headers(Heard heard) {
        Map<String, List<String>> headers = new HashMap<>();
        heard.headers().forEach(header -> headers.put(header.getKey(), List.of(header.getValue())));
        return headers;
    }

    private static SandboxFaults twice() {
        return SandboxFaults.NONE.seeded(7).with(Fault.DUPLICATE, 1);
    }

    @Test
    void everyCallbackBearsASignatureThatTheStandardsOwnLibraryVerifies() throws Exception {
        try (World world = new World(directory)) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            world.carrier("/v1/parcels", "k1", parcelFor("宮本 武蔵"));

            Heard first = world.next();
            Heard second = world.next();
            assertThat(List.of(first.path(), second.path()))
                    .containsExactlyInAnyOrder("/v1/webhooks/payments/sandbox", "/v1/webhooks/carriers/sandbox");
            Webhook verifier = new Webhook(World.SECRET);
            verifier.verify(first.body(), headers(first));
            verifier.verify(second.body(), headers(second));
            assertThatThrownBy(() -> verifier.verify(first.body() + " ", headers(first)))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void aCallbackSentTwiceIsTheSameUnderTheSameId() {
        try (World world = new World(directory, settings -> settings.with(twice()))) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));

            Heard first = world.next();
            Heard second = world.next();
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.body()).isEqualTo(first.body());
        }
    }

    @Test
    void differentEventsHaveDifferentIds() {
        try (World world = new World(directory)) {
            world.carrier("/v1/parcels", "k1", parcelFor("Ada"));

            var ids = new TreeSet<>(
                    Stream.generate(world::next).limit(4).map(Heard::id).toList());
            assertThat(ids).hasSize(4).noneMatch(id -> id.contains("."));
        }
    }

    @Test
    void aCallbackIsRepeatedUntilItIsTaken() {
        try (World world = new World(directory)) {
            world.shopRefuses(1);
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            Heard refused = world.next();
            Heard taken = world.next();

            assertThat(taken.id()).isEqualTo(refused.id());
            assertThat(standing(world).getInteger("parked")).isZero();
        }
    }

    @Test
    void aCallbackThatNobodyTakesIsParkedAndCanBeSentAgain() {
        try (World world = new World(directory)) {
            world.shopRefuses(3);
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            String id = world.next().id();
            assertThat(List.of(world.next().id(), world.next().id())).containsOnly(id);

            awaitParked(world, 1);
            assertThat(standing(world).getJsonArray("parked_ids").getString(0)).isEqualTo(id);

            world.provider("/v1/callbacks/retries", "r1", new JsonObject());
            assertThat(world.next().id()).isEqualTo(id);
        }
    }

    @Test
    void withoutAShopCallbacksWaitUntilItIsThere() {
        try (World world = new World(
                directory,
                plain -> new SandboxSettings(
                        plain.directory(),
                        plain.host(),
                        plain.provider(),
                        plain.carrier(),
                        null,
                        plain.pace(),
                        plain.retries(),
                        plain.faults()))) {
            world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
            assertThat(standing(world).getInteger("open")).isEqualTo(1);

            world.partners().callBack(world.shopUri());

            assertThat(world.next().type()).isEqualTo("authorisation.succeeded");
        }
    }

    @Test
    void aLaterEventOvertakesOneThatIsHeldBack() {
        SandboxFaults half =
                SandboxFaults.NONE.seeded(3).with(Fault.REORDER, 0.5).delaying(Duration.ZERO, Duration.ofMillis(200));
        try (World world = new World(directory, settings -> settings.with(half))) {
            for (int n = 0; n < 8; n++) {
                world.carrier("/v1/parcels", "k" + n, parcelFor("Ada"));
            }
            Map<String, String> last = new HashMap<>();
            for (int n = 0; n < 32; n++) {
                Heard heard = world.next();
                last.put(heard.json().getJsonObject("data").getString("id"), heard.type());
            }
            assertThat(last.values())
                    .as("with this seed some parcel's last event overtakes another")
                    .anyMatch(type -> !type.equals("shipment.delivered"));
        }
    }

    private static JsonObject standing(World world) {
        return world.get(world.partners().provider(), "/v1/callbacks", "provider-key")
                .json();
    }

    /** Asks until it is so; every question is a round trip, and the test's own limit ends it. */
    private static void awaitParked(World world, int count) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (standing(world).getInteger("parked") != count) {
            assertThat(System.nanoTime()).as("still not parked").isLessThan(end);
        }
    }
}
