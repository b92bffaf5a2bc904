package io.sluice.app.cli;

import io.sluice.app.config.Config;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of every command that works at a node's stores without starting it. */
final class StoresFlags {

    @Mixin
    private ConfigFlag config = new ConfigFlag();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "of a development node (data_dir)")
    private @Nullable String dataDir;

    /**
     * @throws io.sluice.app.config.ConfigRefused naming every problem
     */
    Config read() {
        return config.read(dataDir == null ? Map.of() : Map.of("data_dir", new Config.Flag("--data-dir", dataDir)));
    }
}
