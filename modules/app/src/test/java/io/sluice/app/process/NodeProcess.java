package io.sluice.app.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code sluice start} in a JVM of its own, as the launcher starts it. */
public final class NodeProcess implements AutoCloseable {

    public static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);
    /** What a node prints once it is ready. */
    private static final String READY = "Health and metrics on ";

    private final Process process;
    private final Path dataDir;
    private final Path log;

    private NodeProcess(Process process, Path dataDir, Path log) {
        this.process = process;
        this.dataDir = dataDir;
        this.log = log;
    }

    /** Starts a node and returns when it is ready. What it prints goes to {@code <name>.log} beside the data directory. */
    public static NodeProcess start(Path dataDir, String name, Map<String, String> environment, String... flags)
            throws IOException {
        Path log = dataDir.resolveSibling(name + ".log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(command(dataDir, flags))
                .directory(REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        long giveUp = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            if (ended(process, Duration.ofMillis(50))) {
                throw new IOException("the node ended with code " + process.exitValue() + ":\n" + tail(log));
            }
            if (Files.readString(log).contains(READY)) {
                return new NodeProcess(process, dataDir, log);
            }
        }
        process.destroyForcibly();
        throw new IOException("the node is not ready after " + START_PATIENCE.toSeconds() + " s:\n" + tail(log));
    }

    /** {@code kill -9}. Returns when the process is gone. */
    void kill() throws IOException {
        process.destroyForcibly();
        if (!ended(process, END_PATIENCE)) {
            throw new IOException("the node survived kill -9");
        }
    }

    /** SIGSTOP: it stands still, wherever it is, until it is told to {@linkplain #goOn go on}. */
    void halt() throws IOException {
        signal("-STOP");
    }

    void goOn() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (!ended(kill, END_PATIENCE) || kill.exitValue() != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    /** What this node counts under a name, without labels. */
    double metric(String name) throws IOException {
        String where = Files.readAllLines(log).stream()
                .filter(line -> line.contains(READY))
                .map(line ->
                        line.substring(line.indexOf(READY) + READY.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("the node does not say where its metrics are"));
        try (InputStream page = URI.create(where).resolve("/metrics").toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the node does not count " + name));
        }
    }

    /** {@code kill -9} for the database server that this node's data directory brings along. */
    void killDatabase() throws IOException {
        killServerOf(dataDir.resolve("postgres"));
    }

    /** {@code kill -9} for the PostgreSQL server of a directory. */
    static void killServerOf(Path directory) throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to stop (SIGTERM) and waits; the exit code. */
    public int stop() throws IOException {
        process.destroy();
        if (!ended(process, END_PATIENCE)) {
            throw new IOException("the node does not stop");
        }
        return process.exitValue();
    }

    /** E-mail and password of one of the accounts that a development node makes. */
    public JsonObject account(String role) throws IOException {
        return new JsonObject(Files.readString(dataDir.resolve("demo-credentials.json"))).getJsonObject(role);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static List<String> command(Path dataDir, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // this JVM's own flags, but for agents: they are of the tests
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(List.of("-Dsluice.home=" + REPOSITORY, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("io.sluice.app.Main", "start", "--data-dir", dataDir.toString()));
        command.addAll(List.of("--management-port", "0"));
        command.addAll(List.of(flags));
        return command;
    }

    private static boolean ended(Process process, Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a node", interrupted);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
