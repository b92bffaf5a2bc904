package io.sluice.app.cli;

import io.sluice.app.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag of every command that reads the configuration. */
final class ConfigFlag {

    /** Set by the launcher: the folder that holds it. */
    private static final String HOME = "sluice.home";

    @Option(names = "--config", paramLabel = "FILE", description = "configuration file instead of config/sluice.yaml")
    @Nullable Path file;

    /**
     * @param flags what other flags say, by configuration key
     * @throws io.sluice.app.config.ConfigRefused naming every problem
     */
    Config read(Map<String, Config.Flag> flags) {
        return Config.read(flags, System.getenv(), Optional.ofNullable(file), home());
    }

    static Path home() {
        return Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
    }
}
