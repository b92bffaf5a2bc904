package io.sluice.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records what the node does within the measured windows, and nothing else of its life, with Java's own flight recorder, and
 * what the server does for it. That costs a little: numbers of a recorded run are lower.
 */
final class Profile {

    private static final int FRAMES = 25;
    private static final int THREADS = 10;

    private final long node;
    private final Path folder;
    private final StatementSamples statements;
    private final List<Path> recordings = new ArrayList<>();
    private StatementSamples.Sampling sampling = () -> {};

    Profile(long node, Server server, Path folder) throws IOException {
        this.node = node;
        this.statements = new StatementSamples(server);
        this.folder = Files.createDirectories(folder);
    }

    void begin() throws IOException, InterruptedException, SQLException {
        jcmd("JFR.start", "name=bench", "settings=profile", "jdk.ExecutionSample#period=5ms");
        sampling = statements.begin();
    }

    void end(int round) throws IOException, InterruptedException, SQLException {
        sampling.end();
        Path file = folder.resolve("round-" + round + ".jfr");
        jcmd("JFR.stop", "name=bench", "filename=" + file);
        recordings.add(file);
    }

    private void jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(node));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchFailed("the flight recorder did not obey: " + said);
        }
    }

    /** The hottest frames of all rounds, by samples: as such, as the nearest frame of our own, and the busiest threads. */
    List<String> summary() throws IOException {
        Map<String, Integer> frames = new HashMap<>();
        Map<String, Integer> own = new HashMap<>();
        Map<String, Integer> threads = new HashMap<>();
        int samples = 0;
        for (Path recording : recordings) {
            try (RecordingFile events = new RecordingFile(recording)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    RecordedStackTrace stack = event.getStackTrace();
                    if (event.getEventType().getName().equals("jdk.ExecutionSample") && stack != null) {
                        samples++;
                        frames.merge(name(stack.getFrames().getFirst()), 1, Integer::sum);
                        own.merge(nearestOwn(stack), 1, Integer::sum);
                        RecordedThread thread = event.getThread("sampledThread");
                        threads.merge(thread == null ? "?" : String.valueOf(thread.getJavaName()), 1, Integer::sum);
                    }
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("hottest frames of the node, of " + samples + " samples");
        lines.addAll(top(frames, FRAMES, samples));
        lines.add("the same by the nearest frame of our own");
        lines.addAll(top(own, FRAMES, samples));
        lines.add("busiest threads");
        lines.addAll(top(threads, THREADS, samples));
        lines.addAll(statements.summary());
        return lines;
    }

    private static String nearestOwn(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .map(Profile::name)
                .filter(name -> name.startsWith("io.sluice."))
                .findFirst()
                .orElse("(none)");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static List<String> top(Map<String, Integer> counts, int many, int samples) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(many)
                .map(entry -> String.format(
                        Locale.ROOT, "  %5.1f %%  %s", 100.0 * entry.getValue() / samples, entry.getKey()))
                .toList();
    }
}
