package io.sluice.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 server of our own, on loopback, for development and tests. It ends with the JVM that started it, also by
 * {@code kill -9}: it runs below a shell that holds the other end of a pipe to us and stops the server when the pipe breaks.
 * A server that was left behind all the same is stopped first. One data directory serves one JVM at a time.
 *
 * <p>All methods block.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int PORT_TRIES = 3;
    private static final String USER = "sluice";

    // the shell outlives signals meant for us; at the pipe's end it asks for a fast shutdown and waits for it
    private static final String WATCH = """
            trap '' INT TERM HUP
            exec 3<&0
            (trap - INT TERM HUP; exec "$@" </dev/null 3<&-) &
            server=$!
            { cat <&3 >/dev/null; kill -INT $server; } &
            wait $server
            """;

    private final Path directory;
    private final FileChannel lock;
    private final Process process;
    private final DatabaseSettings settings;

    /**
     * @param directory where the server keeps its data, log and password; made if absent
     * @param isDurable whether commits wait for the disk; off in tests that do not depend on it
     * @param port 0 for a free one
     * @param tls with it the server speaks TLS and nothing else
     */
    public record Settings(
            Path directory, boolean isDurable, int port, List<String> options, Optional<EmbeddedTls> tls) {
        public Settings {
            options = List.copyOf(options);
        }

        /** Without TLS. */
        public Settings(Path directory, boolean isDurable, int port, List<String> options) {
            this(directory, isDurable, port, options, Optional.empty());
        }

        public static Settings durable(Path directory) {
            return new Settings(directory, true, 0, List.of());
        }
    }

    private EmbeddedPostgres(Path directory, FileChannel lock, Process process, DatabaseSettings settings) {
        this.directory = directory;
        this.lock = lock;
        this.process = process;
        this.settings = settings;
    }

    /** Starts the server and makes the databases that are missing. Fails if another JVM is at work on the directory. */
    public static EmbeddedPostgres start(Settings settings, List<String> databases) throws IOException {
        Path directory = Files.createDirectories(settings.directory()).toRealPath();
        Path binaries = PostgresBinaries.unpacked().resolve("bin");
        FileChannel lock = lock(directory);
        try {
            String password = password(directory);
            Path data = directory.resolve("data");
            if (Files.exists(data.resolve("PG_VERSION"))) {
                OrphanedServer.clear(data);
            } else {
                initialise(binaries, directory, data);
            }
            EmbeddedPostgres server = launch(settings, binaries, directory, lock, password);
            server.createDatabases(databases);
            return server;
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ownJvm) {
            LOG.debug("directory locked by this process directory={}", directory);
        }
        channel.close();
        throw new IOException("another Sluice is at work on " + directory + "; stop it, or use another data directory");
    }

    private static String password(Path directory) throws IOException {
        Path file = directory.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static void initialise(Path binaries, Path directory, Path data) throws IOException {
        if (Files.exists(data)) {
            PostgresBinaries.delete(data); // an initialisation that was cut short
        }
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(
                binaries.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        Path log = directory.resolve("initdb.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!exits(process, START_PATIENCE) || process.exitValue() != 0) {
            throw new IOException("initdb failed:\n" + tail(log));
        }
    }

    private static EmbeddedPostgres launch(
            Settings settings, Path binaries, Path directory, FileChannel lock, String password) throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = settings.port() == 0 ? freePort() : settings.port();
            DatabaseSettings connect = new DatabaseSettings(
                    "127.0.0.1",
                    port,
                    "postgres",
                    USER,
                    password,
                    settings.tls().map(EmbeddedTls::authority).map(Path::toString),
                    8,
                    10_000,
                    DatabaseTimeouts.standard());
            Process process = spawn(settings, binaries, directory, port);
            try {
                awaitReady(process, connect, directory);
                LOG.info("embedded PostgreSQL started port={} directory={}", port, directory);
                return new EmbeddedPostgres(directory, lock, process, connect);
            } catch (IOException failed) {
                process.getOutputStream().close();
                last = failed;
                if (!tail(directory.resolve("postgres.log")).contains("could not bind")) {
                    break;
                }
            }
        }
        throw last;
    }

    private static Process spawn(Settings settings, Path binaries, Path directory, int port) throws IOException {
        String durable = settings.isDurable() ? "on" : "off";
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(
                "sh",
                "-c",
                WATCH,
                "sluice-postgres",
                binaries.resolve("postgres").toString()));
        command.addAll(List.of("-D", directory.resolve("data").toString(), "-p", Integer.toString(port), "-k", ""));
        List<String> options = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "fsync=" + durable,
                "full_page_writes=" + durable,
                "synchronous_commit=" + durable,
                "max_connections=100",
                "shared_buffers=256MB",
                "max_wal_size=2GB",
                "jit=off",
                "logging_collector=off"));
        if (settings.tls().isPresent()) {
            options.addAll(settings.tls().get().options(directory));
        }
        options.addAll(settings.options());
        options.forEach(option -> command.addAll(List.of("-c", option)));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("postgres.log").toFile()))
                .start();
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own the process is nobody. */
    private static List<String> asOrdinaryUser() {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return isRoot ? new ArrayList<>(List.of("unshare", "-U")) : new ArrayList<>();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process process, DatabaseSettings settings, Path directory) throws IOException {
        long giveUp = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            try (Connection ready = connect(settings)) {
                LOG.debug("server ready version={}", ready.getMetaData().getDatabaseProductVersion());
                return;
            } catch (SQLException notYet) {
                if (exits(process, Duration.ofMillis(50))) {
                    throw new IOException("PostgreSQL did not start:\n" + tail(directory.resolve("postgres.log")));
                }
            }
        }
        throw new IOException("PostgreSQL is not ready after " + START_PATIENCE.toSeconds() + " s:\n"
                + tail(directory.resolve("postgres.log")));
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    }

    /** Makes the databases of these names that are not there yet. */
    public void createDatabases(List<String> names) throws IOException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            for (String name : names) {
                if (!name.matches("[a-z_0-9]+")) {
                    throw new IllegalArgumentException("not a database name: " + name);
                }
                try (ResultSet found =
                        statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                    if (found.next()) {
                        continue;
                    }
                }
                statement.execute("create database " + name);
            }
        } catch (SQLException failed) {
            throw new IOException("the databases cannot be made: " + failed.getMessage(), failed);
        }
    }

    /** How to reach one of its databases. */
    public DatabaseSettings settings(String database) {
        return settings.withDatabase(database);
    }

    /** Stops the server, waits for it, and says whether it stopped cleanly. */
    public boolean stop() {
        try {
            process.getOutputStream().close();
            boolean stopped = exits(process, STOP_PATIENCE);
            lock.close();
            LOG.info("embedded PostgreSQL stopped clean={}", stopped);
            return stopped && !Files.exists(directory.resolve("data/postmaster.pid"));
        } catch (IOException failed) {
            LOG.warn("embedded PostgreSQL not stopped cleanly cause={}", failed.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        if (!stop()) {
            LOG.warn("embedded PostgreSQL left unclean directory={}", directory);
        }
    }

    private static boolean exits(Process process, Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL", interrupted);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(no log)";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
