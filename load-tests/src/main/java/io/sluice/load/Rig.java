package io.sluice.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** On what the numbers were measured: as much of it as makes them readable elsewhere. */
final class Rig {

    private static final List<String> SETTINGS = List.of(
            "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "max_connections");

    private Rig() {}

    /** What the machine and the server say of themselves. @throws BenchFailed if the server is not durable */
    static List<String> lines(Path dataDir, Server server) throws IOException, InterruptedException, SQLException {
        List<String> lines = new ArrayList<>(machine());
        lines.add("disk        " + Files.getFileStore(dataDir).type());
        lines.add("postgresql  " + server.value("postgres", "show server_version"));
        List<String> settings = new ArrayList<>();
        for (String setting : SETTINGS) {
            settings.add(setting + " = " + server.value("postgres", "show " + setting));
        }
        lines.add("server      " + String.join(", ", settings));
        if (!settings.containsAll(List.of("fsync = on", "synchronous_commit = on"))) {
            throw new BenchFailed("the server is not durable: " + settings);
        }
        return lines;
    }

    /** What the machine says of itself. */
    static List<String> machine() throws IOException {
        return List.of(
                "machine     " + Runtime.getRuntime().availableProcessors() + " cores, " + memory()
                        + ", load average before " + load(),
                "system      " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                "java        " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")");
    }

    private static String memory() throws IOException {
        Path file = Path.of("/proc/meminfo");
        if (!Files.exists(file)) {
            return "memory unknown";
        }
        long kib = number(Files.readAllLines(file).getFirst());
        return String.format(Locale.ROOT, "%.1f GiB", kib / 1024.0 / 1024.0);
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.2f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Resident memory of a process in MiB; 0 where nobody says. */
    static long resident(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(Rig::number)
                        .sum()
                / 1024;
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
