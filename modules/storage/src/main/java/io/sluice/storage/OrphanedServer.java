package io.sluice.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed node may have left on its data directory: a server that still runs, or the pid file of one that does not.
 * PostgreSQL cannot tell a reused or unreaped pid from a live server; the process table can.
 */
final class OrphanedServer {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);
    private static final long STOP_SECONDS = 60;

    private OrphanedServer() {}

    /** Stops the orphan if there is one, and clears its pid file away. */
    static void clear(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan =
                pid(pidFile).filter(pid -> isServerOn(pid, dataDirectory)).flatMap(ProcessHandle::of);
        if (orphan.isPresent()) {
            LOG.info("stopping orphaned server pid={}", orphan.get().pid());
            stop(orphan.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NumberFormatException damaged) {
            return Optional.empty(); // a torn pid file names no process
        }
    }

    private static boolean isServerOn(long pid, Path dataDirectory) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            boolean isPostgres =
                    Files.readString(process.resolve("comm")).strip().equals("postgres");
            String stat = Files.readString(process.resolve("stat"));
            boolean isZombie = stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
            return isPostgres
                    && !isZombie
                    && process.resolve("cwd").toRealPath().equals(dataDirectory.toRealPath());
        } catch (IOException gone) {
            return false; // it ended while we looked, or is not ours to look at: then it is not our server
        }
    }

    private static void stop(ProcessHandle server) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
        try {
            ProcessHandle ended = server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            LOG.info("orphaned server stopped pid={}", ended.pid());
        } catch (TimeoutException | ExecutionException stubborn) {
            throw new IOException(
                    "the orphaned PostgreSQL (pid " + server.pid() + ") does not stop; end it by hand", stubborn);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the orphaned PostgreSQL was stopping", interrupted);
        }
    }
}
