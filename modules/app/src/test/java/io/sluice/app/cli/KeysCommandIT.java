package io.sluice.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys' command on a development directory: without a node, and beside one at work. */
class KeysCommandIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path dataDir;

    @Test
    void epochsAreListedAndTurnedWithoutANodeAndBesideOne() {
        assertThat(keys("list")).contains("living keys", "keystore file", "after 8 d 0 h 0 min");
        assertThat(keys("rotate")).contains("Epoch 2 has begun in local.");

        Node node = Node.start(Config.read(
                Map.of(
                        "data_dir", new Config.Flag("--data-dir", dataDir.toString()),
                        "http.port", new Config.Flag("--port", "0"),
                        "management.port", new Config.Flag("--management-port", "0")),
                Map.of(),
                Optional.empty(),
                REPOSITORY));
        try {
            assertThat(keys("list")).containsPattern("(?m)^2 .* - +[1-9][0-9]* +-$");
            assertThat(keys("rotate"))
                    .contains("Epoch 3 has begun in local.")
                    .containsPattern("(?m)^2 .* 0 +20")
                    .containsPattern("(?m)^3 .* - +[1-9][0-9]* +-$");
        } finally {
            assertThat(node.stop().troubles()).isEmpty();
        }
    }

    private String keys(String command) {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        try {
            assertThat(SluiceCommand.execute("keys", command, "--data-dir", dataDir.toString()))
                    .isEqualTo(ExitCode.OK);
        } finally {
            System.setOut(out);
        }
        return said.toString(UTF_8);
    }
}
