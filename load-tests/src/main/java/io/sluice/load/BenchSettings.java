package io.sluice.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be run.
 *
 * @param home the folder of the launcher
 * @param dataDir of the node, empty or not there yet
 * @param profile where recordings of the node's rounds go, if any are wanted
 * @param warmUp seconds of work before each measured window, ours and theirs
 * @param buyers how many of the subjects order, each with a token and a session of their own
 * @param batch orders in one transaction of the batched baseline
 * @param node keys of the node's configuration that differ from its defaults
 */
record BenchSettings(
        Path home,
        Path dataDir,
        Optional<Path> profile,
        int rounds,
        int seconds,
        int warmUp,
        int subjects,
        int skus,
        int buyers,
        int connections,
        int batch,
        Map<String, String> node) {

    BenchSettings {
        node = Map.copyOf(node);
    }
}
