package io.sluice.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

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
            stop(orphan.get(), dataDirectory);
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

    /** Whether the process is a live PostgreSQL on the directory; one that has ended and waits to be reaped is not. */
    static boolean isServerOn(long pid, Path dataDirectory) {
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

    private static void stop(ProcessHandle server, Path dataDirectory) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
        long giveUp = System.nanoTime() + STOP_PATIENCE.toNanos();
        // the handle alone does not tell: where nobody reaps, as under a container's first process, it never ends
        while (isServerOn(server.pid(), dataDirectory)) {
            if (System.nanoTime() > giveUp) {
                throw new IOException(
                        "the orphaned PostgreSQL (pid " + server.pid() + ") does not stop; end it by hand");
            }
            awaitEnd(server);
        }
        LOG.info("orphaned server stopped pid={}", server.pid());
    }

    private static void awaitEnd(ProcessHandle server) throws IOException {
        try {
            ProcessHandle ended = server.onExit().get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("process ended pid={}", ended.pid());
        } catch (TimeoutException notYet) {
            LOG.debug("server still stops pid={}", server.pid());
        } catch (ExecutionException failed) {
            throw new IOException("the orphaned PostgreSQL cannot be waited for", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the orphaned PostgreSQL was stopping", interrupted);
        }
    }
}
