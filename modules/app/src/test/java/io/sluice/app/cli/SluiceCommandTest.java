package io.sluice.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell gets to see of commands that do not come to run. */
class SluiceCommandTest {

    @TempDir
    Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        PrintStream both = new PrintStream(said, true, UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void helpIsNoFailure() {
        assertThat(SluiceCommand.execute("--help")).isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8)).contains("start", "78");
    }

    @Test
    void everyFlagOfStartIsExplained() {
        assertThat(SluiceCommand.execute("start", "--help")).isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8))
                .contains("--port", "--management-port", "--data-dir", "--config", "--cluster", "--roles");
    }

    @Test
    void noCommandIsAQuestion() {
        assertThat(SluiceCommand.execute()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anUnknownFlagIsNotUnderstood() {
        assertThat(SluiceCommand.execute("start", "--prot", "1")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aConfigurationThatCannotBeUsedIsToldInWords() {
        int code = SluiceCommand.execute(
                "start", "--config", folder.resolve("none.yaml").toString());

        assertThat(code).isEqualTo(ExitCode.CONFIG);
        assertThat(said.toString(UTF_8))
                .contains("Sluice does not start", "none.yaml")
                .doesNotContain("\tat ");
    }

    @Test
    void aWrongFlagNamesItself() {
        int code = SluiceCommand.execute("start", "--port", "eighty");

        assertThat(code).isEqualTo(ExitCode.CONFIG);
        assertThat(said.toString(UTF_8)).contains("http.port (flag --port)", "\"eighty\"");
    }
}
