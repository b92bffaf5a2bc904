package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No node starts under a law that its code does not keep. */
class LawbookTest {

    private static final Path SHIPPED = Path.of("../../config/policy");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    @Clause("C1")
    void theShippedLawIsKeptByTheCode() throws IOException {
        assertThat(Lawbook.inForce(SHIPPED, NOW).version()).isNotBlank();
    }

    @Test
    @Clause("C1")
    void aHandlerWithoutAContractStopsTheStart() throws IOException {
        Path shipped = shipped();
        String changed = Files.readString(shipped).replaceFirst("(?m)^(\\s+)order\\.cancel:", "$1order.annul:");
        Files.writeString(folder.resolve(shipped.getFileName()), changed);

        assertThatThrownBy(() -> Lawbook.inForce(folder, NOW))
                .hasMessageContaining("disagree")
                .hasMessageContaining("order.cancel");
    }

    @Test
    void aFolderWithoutALawStopsTheStart() {
        assertThatThrownBy(() -> Lawbook.inForce(folder, NOW)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsNoLawStopsTheStartNamingItsProblem() throws IOException {
        Files.writeString(folder.resolve("draft.yaml"), "version: another\n");

        assertThatThrownBy(() -> Lawbook.inForce(folder, NOW)).hasMessageContaining("version");
    }

    private static Path shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            List<Path> laws =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            return laws.getFirst();
        }
    }
}
