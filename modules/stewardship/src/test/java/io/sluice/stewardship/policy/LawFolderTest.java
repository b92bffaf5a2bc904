package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LawFolderTest {

    @TempDir
    Path folder;

    @Test
    @Clause("E2")
    void theVersionInForceIsTheLastThatHasTakenEffect() throws Exception {
        version("v1", "2026-02-01");
        version("v2", "2026-06-01");

        assertThat(inForce("2026-02-01T00:00:00Z")).isEqualTo("v1");
        assertThat(inForce("2026-05-31T23:59:59.999Z")).isEqualTo("v1");
        assertThat(inForce("2026-06-01T00:00:00Z")).isEqualTo("v2");
    }

    @Test
    void beforeTheFirstVersionThereIsNoLawAndNoStart() throws Exception {
        version("v1", "2026-02-01");

        assertThatThrownBy(() -> inForce("2026-01-31T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("holds no version that has taken effect");
    }

    @Test
    void twoVersionsCannotTakeEffectAtTheSameInstant() throws Exception {
        version("v1", "2026-02-01");
        version("v2", "2026-02-01");

        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("v1 and v2 take effect at the same instant");
    }

    @Test
    void oneBrokenVersionStopsTheStartThoughAnotherIsInForce() throws Exception {
        version("v1", "2026-02-01");
        Files.writeString(folder.resolve("v2.yaml"), "version: v2");

        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("v2.yaml:1: fields is missing");
    }

    private void version(String version, String effective) throws IOException {
        Files.writeString(
                folder.resolve(version + ".yaml"),
                LawFileTest.whole()
                        .replace("version: v1", "version: " + version)
                        .replace("effective_at: 2026-02-01", "effective_at: " + effective));
    }

    private String inForce(String now) throws Exception {
        return LawFolder.inForce(folder, LawFileTest.CATALOGUE, Instant.parse(now))
                .version();
    }
}
