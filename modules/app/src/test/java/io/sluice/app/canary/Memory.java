package io.sluice.app.canary;

import io.sluice.app.canary.Search.Find;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process of ours has in its memory: on its heap, and beside it. */
final class Memory {

    private static final Pattern REGION = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (r)(w)..? \\S+ \\S+ \\S+ *(.*)");
    /** As the collector G1 tells it: from the first byte to the last that it may ever take. */
    private static final Pattern HEAP_RANGE =
            Pattern.compile("garbage-first heap .*\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)");

    private static final Pattern PASSWORD_HASH =
            Pattern.compile("\\$argon2id\\$v=19\\$m=\\d+,t=\\d+,p=\\d+\\$[A-Za-z0-9+/]{11,}\\$");

    /** What a process that is looked into must be started with. */
    static final String COLLECTOR = "-XX:+UseG1GC";

    private final long pid;

    Memory(long pid) {
        this.pid = pid;
    }

    /** Everything that is still reachable, as {@code jcmd} dumps it after a full collection. */
    Path heapDump(Path file) throws IOException, InterruptedException {
        String said = jcmd("GC.heap_dump", file.toString());
        if (!Files.exists(file)) {
            throw new IOException("no heap dump: " + said);
        }
        return file;
    }

    /** How many different hashes of passwords there are in a dump. */
    static Set<String> passwordHashes(Path dump) throws IOException {
        Set<String> hashes = new TreeSet<>();
        Matcher found = PASSWORD_HASH.matcher(Files.readString(dump, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            hashes.add(found.group());
        }
        return hashes;
    }

    /** Everything that can be written beside the Java heap. Whatever the collector has freed on the heap, Java does not wipe. */
    List<Find> searchBesideHeap(Search search) throws IOException, InterruptedException {
        long[] heap = heap();
        List<Find> finds = new ArrayList<>();
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
                Matcher region = REGION.matcher(line);
                if (!region.matches()) {
                    continue;
                }
                long from = Long.parseUnsignedLong(region.group(1), 16);
                long to = Long.parseUnsignedLong(region.group(2), 16);
                if (to <= heap[0] || from >= heap[1]) {
                    finds.addAll(search.in(
                            "region " + region.group(1) + " of " + (to - from) / 1024 + " KiB " + region.group(5),
                            new Region(memory, from, to)));
                }
            }
        }
        return finds;
    }

    private long[] heap() throws IOException, InterruptedException {
        Matcher range = HEAP_RANGE.matcher(jcmd("GC.heap_info"));
        if (!range.find()) {
            throw new IOException("the process does not say where its heap is; it must run with " + COLLECTOR);
        }
        return new long[] {Long.parseLong(range.group(1), 16), Long.parseLong(range.group(2), 16)};
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", line) + ": " + said);
        }
        return said;
    }
}
