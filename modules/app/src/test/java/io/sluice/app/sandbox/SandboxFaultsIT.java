package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.authorisation;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFaultsIT {

    @TempDir
    Path directory;

    private static SandboxFaults always(double error, double lostAnswer, double mismatch) {
        return new SandboxFaults(1, 0, 0, Duration.ZERO, 0, Duration.ZERO, error, lostAnswer, mismatch);
    }

    @Test
    void anErrorHasNoEffectAndTheSameKeySucceedsLater() {
        try (World world = new World(directory, settings -> settings.with(always(1, 0, 0)))) {
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(500);
            assertThat(world.operation("k1").statusCode()).isEqualTo(404);
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aLostAnswerHasItsEffectOnce() {
        try (World world = new World(directory, settings -> settings.with(always(0, 1, 0)))) {
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
        try (World world = new World(directory, settings -> settings.with(always(0, 0, 1)))) {
            assertThat(world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                            .json()
                            .getLong("amount"))
                    .isEqualTo(1998);
        }
    }
}
