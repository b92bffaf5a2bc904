package io.sluice.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in a process of its own. It ends with us, however we end. */
final class NodeProcess {

    private static final String OPEN = "Sluice listens on ";
    private static final long START_SECONDS = 180;
    private static final long STOP_SECONDS = 60;

    /** As elsewhere than in development requests are counted, which costs something; but nobody runs out of them here. */
    private static final Map<String, String> BUDGETS =
            Map.of("limits.principal.rate", "1000000", "limits.address.rate", "1000000");

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private NodeProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a node by the launcher's own command, and returns once its doors are open.
     *
     * @param log where everything that it prints goes
     * @param configuration keys that differ from the defaults
     */
    static NodeProcess launched(Path home, Path dataDir, Path log, Map<String, String> configuration)
            throws IOException, InterruptedException {
        return start(List.of(home.resolve("sluice").toString(), "start"), dataDir, log, configuration);
    }

    /**
     * Starts a node by an entrance on our own class path, with the options of the Java machine that we run on ourselves: so two
     * that are started like this differ in nothing but their entrance.
     *
     * @param arguments what the entrance is to be told
     */
    static NodeProcess entered(
            Path home,
            Class<?> entrance,
            List<String> arguments,
            Path dataDir,
            Path log,
            Map<String, String> configuration)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dsluice.home=" + home);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), entrance.getName()));
        command.addAll(arguments);
        return start(command, dataDir, log, configuration);
    }

    private static NodeProcess start(List<String> command, Path dataDir, Path log, Map<String, String> configuration)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> all = new TreeMap<>(BUDGETS);
        all.putAll(configuration);
        all.putAll(Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0"));
        all.forEach((key, value) -> builder.environment().put(variable(key), value));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        NodeProcess node = new NodeProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(node.process::destroy, "bench-stop-node"));
        Thread reader = new Thread(() -> node.read(log), "bench-node-log");
        reader.setDaemon(true);
        reader.start();
        try {
            int port = node.port.get(START_SECONDS, TimeUnit.SECONDS);
            if (port == 0) {
                throw new BenchFailed("the node did not start; what it said is in " + log);
            }
            return node;
        } catch (ExecutionException | TimeoutException e) {
            node.process.destroy();
            throw new BenchFailed("the node did not open its doors; what it said is in " + log, e);
        }
    }

    private static String variable(String key) {
        return "SLUICE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    // the pipe has to be emptied, or the node would wait for us
    private void read(Path log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter kept = new PrintWriter(Files.newBufferedWriter(log), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.println(line);
                if (line.startsWith(OPEN)) {
                    port.complete(Integer.valueOf(
                            line.substring(line.lastIndexOf(':') + 1).strip()));
                }
            }
            port.complete(0);
        } catch (IOException | NumberFormatException e) {
            port.completeExceptionally(e);
        }
    }

    int port() {
        return port.join();
    }

    long pid() {
        return process.pid();
    }

    /** Tells it to stop; whether it did so cleanly and in time. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
