package io.sluice.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, on a house of cardboard: JDKs and Maven are scripts that say how they were called. */
class LauncherTest {

    private static final Path SCRIPT = Path.of("../../sluice").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path tools = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void buildTheHouse() throws IOException {
        home = Files.createDirectories(folder.resolve("a house with spaces"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.copy(SCRIPT, home.resolve("sluice"));
        Files.setPosixFilePermissions(home.resolve("sluice"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(home.resolve("modules/kernel/src/main"));
        Files.writeString(home.resolve("modules/kernel/pom.xml"), "<project/>");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        environment.put("JAVA_HOME", jdk("new", "25.0.3").toString());
        environment.put("PATH", tools + ":/usr/bin:/bin");
        program(tools.resolve("mvn"), "echo \"mvn $* JAVA_HOME=$JAVA_HOME\" >&2; mkdir -p modules/app/target/lib");
    }

    @Test
    void argumentsReachTheProgramUnchangedFromAnyFolder() throws Exception {
        Said said = run(folder, "start", "--data-dir", "a folder", "*");

        assertThat(said.code()).isZero();
        assertThat(said.out().lines())
                .contains("[-Dsluice.home=" + home + "]", "[" + home + "/modules/app/target/lib/*]")
                .endsWith("[io.sluice.app.Main]", "[start]", "[--data-dir]", "[a folder]", "[*]");
    }

    @Test
    void aLinkToItFindsTheHouse() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("sluice-link"), home.resolve("sluice"));

        assertThat(command(folder, List.of(link.toString(), "--help")).out()).contains("[-Dsluice.home=" + home + "]");
    }

    @Test
    void theProgramsExitCodeIsTheLaunchers() throws Exception {
        program(folder.resolve("new/bin/java"), "exit 78");

        assertThat(run(home, "start").code()).isEqualTo(78);
    }

    @Test
    void itBuildsOnceAndNotAgain() throws Exception {
        Said first = run(home, "--help");
        Said second = run(home, "--help");

        assertThat(first.err()).contains("sluice: building", "sluice: built in");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void aSourceThatChangedIsBuilt() throws Exception {
        assertThat(run(home, "--help").err()).contains("building");
        Path source = Files.writeString(home.resolve("modules/kernel/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(run(home, "--help").err()).contains("building");
    }

    @Test
    void mavenRunsOnTheJdkThatWasFound() throws Exception {
        program(
                tools.resolve("mvn"),
                "echo \"$JAVA_HOME $*\" >'" + folder.resolve("called") + "'; " + "mkdir -p modules/app/target/lib");

        assertThat(run(home, "--help").code()).isZero();

        assertThat(Files.readString(folder.resolve("called")))
                .startsWith(folder.resolve("new") + " ")
                .contains("-pl modules/app -am")
                .contains("package");
    }

    @Test
    void aBuildThatFailsIsShownAndStartsNothing() throws Exception {
        program(tools.resolve("mvn"), "echo '[ERROR] cannot find symbol'; exit 1");

        Said said = run(home, "start");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("cannot find symbol", "the build failed", "launcher-build.log");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void aBuildWithoutMavenSaysWhatIsMissing() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String tool : List.of("sh", "readlink", "dirname", "sed", "find", "head", "mkdir", "flock", "rm", "tr")) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(dir -> Path.of(dir, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(few.resolve(tool), real);
        }
        environment.put("PATH", few.toString());

        Said said = run(home, "start");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("Maven (mvn, 3.8 or newer) is missing");
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        program(folder.resolve("old/bin/java"), "echo 'the old one'");

        Said said = run(home, "--help");

        // what is found instead is this machine's, or none; the old one is never used
        assertThat(said.out()).doesNotContain("the old one");
    }

    @Test
    void theCompilersVersionDecidesWhereNoReleaseFileIs() throws Exception {
        Path jdk = jdk("bare", "25.0.3");
        Files.delete(jdk.resolve("release"));
        environment.put("JAVA_HOME", jdk.toString());

        assertThat(run(home, "--help").code()).isZero();
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"none\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(jdk.resolve("bin/java"), "for each; do echo \"[$each]\"; done");
        program(jdk.resolve("bin/javac"), "echo 'javac " + version + "'");
        return jdk;
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Said run(Path workingDirectory, String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(home.resolve("sluice").toString()), Stream.of(arguments))
                .toList();
        return command(workingDirectory, command);
    }

    private Said command(Path workingDirectory, List<String> command) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Said(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
