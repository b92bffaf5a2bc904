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
                .contains("--port", "--management-port", "--data-dir", "--config", "--cluster", "--roles", "--tls");
    }

    @Test
    void certificatesAreMadeKeptAndRenewedAndEachTimeExplained() {
        String to = folder.resolve("certificates").toString();
        assertThat(SluiceCommand.execute("certificates", "--folder", to, "--host", "shop.test"))
                .isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8))
                .containsPattern("made +servers/ca.crt +until 20\\d\\d-")
                .containsPattern("made +api/tls.crt +until 20\\d\\d-.*shop.test")
                .contains("made  node/tls.crt", "made  postgresql/tls.crt", "--tls", "SLUICE_DATABASE_CA_FILE=" + to);

        said.reset();
        assertThat(SluiceCommand.execute("certificates", "--folder", to)).isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8)).doesNotContain("made ").contains("kept  api/tls.crt", "shop.test");

        said.reset();
        assertThat(SluiceCommand.execute("certificates", "--folder", to, "--renew"))
                .isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8)).contains("kept  servers/ca.crt", "made  api/tls.crt", "shop.test");
    }

    @Test
    void whatCanBeDoneWithTheLawIsExplained() {
        assertThat(SluiceCommand.execute("policy", "--help")).isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8)).contains("check", "diff", "impact", "sign");
        assertThat(SluiceCommand.execute("policy", "impact", "--help")).isEqualTo(ExitCode.OK);
        assertThat(said.toString(UTF_8)).contains("--since", "--data-dir");
        assertThat(SluiceCommand.execute("policy", "impact")).isEqualTo(ExitCode.USAGE);
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
