package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.authorisation;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxThroughputIT {

    private static final int LANES = 48;
    private static final int EACH = 40;

    @TempDir
    Path directory;

    /** Counts only: how fast it goes is printed, since a shared machine may be busy. */
    @Test
    void manyAtOnceAreEachWrittenDownOnce() {
        try (World world = new World(directory)) {
            runs(world, 0, LANES); // warms up
            long before = System.nanoTime();
            runs(world, 1, LANES);
            double seconds = (System.nanoTime() - before) / 1e9;
            System.out.printf("sandbox provider: %.0f operations/s%n", LANES * EACH / seconds);

            assertThat(world.lines("provider.ndjson").stream()
                            .map(line -> line.getString("idempotency_key"))
                            .distinct())
                    .hasSize(2 * LANES * EACH);
            assertThat(world.lines("provider.ndjson")).hasSize(2 * LANES * EACH);
        }
    }

    private static void runs(World world, int round, int lanes) {
        List<Future<?>> all = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            all.add(chain(world, "k" + round + "-" + lane + "-", 0));
        }
        World.await(Future.all(all));
    }

    private static Future<?> chain(World world, String prefix, int n) {
        return n == EACH
                ? Future.succeededFuture()
                : world.post(
                                world.partners().provider(),
                                "/v1/authorisations",
                                "provider-key",
                                prefix + n,
                                authorisation("pm_card_visa"))
                        .compose(answer -> answer.statusCode() == 201
                                ? chain(world, prefix, n + 1)
                                : Future.failedFuture("status " + answer.statusCode()));
    }
}
