package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.sandbox.Fault;
import io.sluice.app.sandbox.SandboxFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of the outer world that development brings along. */
class SandboxesTest {

    @TempDir
    Path folder;

    @Test
    void everyFaultHasARateOfItsOwn() throws IOException {
        assertThat(faults(Map.of()).rates()).containsOnlyKeys(Fault.values());
        for (Fault fault : Fault.values()) {
            String key = "SLUICE_SANDBOX_" + fault.name() + "_RATE";
            assertThat(faults(Map.of(key, "0.25")).rates()).as(key).containsEntry(fault, 0.25);
        }
    }

    @Test
    void nobodyAskedForMoreThanTheDemoShows() throws IOException {
        Map<Fault, Double> struck = new HashMap<>(faults(Map.of()).rates());
        struck.values().removeIf(rate -> rate == 0);
        assertThat(struck).isEqualTo(SandboxFaults.UNTIDY.rates());
    }

    private SandboxFaults faults(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SLUICE_DATA_DIR", folder.resolve("data").toString());
        Config config = Config.read(Map.of(), environment, Optional.empty(), folder);
        return Sandboxes.settings(config, Links.of(config), Optional.empty()).faults();
    }
}
