package io.sluice.app.cli;

import io.sluice.app.config.Config;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of every command that starts a node. Each stands for one key of the configuration and comes before all else. */
final class NodeFlags {

    @Mixin
    private ConfigFlag config = new ConfigFlag();

    @Option(names = "--port", paramLabel = "PORT", description = "of the API (http.port); 0 takes a free one")
    @Nullable String port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "of health and metrics (management.port); 0 takes a free one")
    @Nullable String managementPort;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "database, keys and books of a development node (data_dir)")
    @Nullable String dataDir;

    @Option(
            names = "--tls",
            description = "speak TLS on every link, by certificates that a development node makes (development_tls)")
    boolean tls;

    @Option(names = "--cluster", description = "join other nodes (cluster.enabled)")
    boolean cluster;

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            description = "gateway, worker, or both separated by a comma (node.roles)")
    @Nullable String roles;

    /**
     * @throws io.sluice.app.config.ConfigRefused naming every problem
     */
    Config read() {
        return config.read(keys());
    }

    private Map<String, Config.Flag> keys() {
        Map<String, Config.Flag> keys = new TreeMap<>();
        put(keys, "http.port", "--port", port);
        put(keys, "management.port", "--management-port", managementPort);
        put(keys, "data_dir", "--data-dir", dataDir);
        put(keys, "development_tls", "--tls", tls ? "true" : null);
        put(keys, "cluster.enabled", "--cluster", cluster ? "true" : null);
        put(keys, "node.roles", "--roles", roles);
        return keys;
    }

    private static void put(Map<String, Config.Flag> keys, String key, String flag, @Nullable String value) {
        if (value != null) {
            keys.put(key, new Config.Flag(flag, value));
        }
    }
}
