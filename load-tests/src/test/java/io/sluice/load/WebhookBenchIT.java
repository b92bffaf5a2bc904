package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole run in small: a real node with its server. Its checks hold on every machine; how fast it was does not matter. */
class WebhookBenchIT {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void callbacksAreTakenAtRestAndBesideOrdersAndEachIsInTheInboxOnce() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        BenchSettings small =
                new BenchSettings(REPOSITORY, folder, Optional.empty(), 1, 1, 1, 200, 20, 20, 4, 8, Map.of());

        boolean isGood = new WebhookBench(small, 20, said::add).run();

        String text = String.join("\n", said);
        assertThat(text)
                .contains("all checks hold", "at rest", "saturated", "saturated / at rest", "checking 60 callbacks")
                .doesNotContain("WRONG", "VOID", "did not stop cleanly");
        assertThat(isGood).as("its verdict:\n%s", text).isEqualTo(!text.contains("MISSED"));
    }
}
