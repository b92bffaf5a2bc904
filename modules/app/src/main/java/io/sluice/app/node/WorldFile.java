package io.sluice.app.node;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the host of a data directory says to its guests what runs where: {@code world.json}, mode 0600. It stays behind when
 * the host ends, so that the next one takes the same ports again and guests find everything where it was.
 */
final class WorldFile {

    private static final int PATIENCE_MILLIS = 500;

    private final Path file;

    /**
     * @param tls whether whatever runs speaks TLS, by the directory's own certificates
     * @param databasePort of the embedded server on loopback; 0 if there is none
     * @param provider where the sandbox provider is, if it runs
     */
    record Places(
            boolean tls,
            int databasePort,
            String user,
            String password,
            Optional<URI> provider,
            Optional<URI> carrier) {}

    WorldFile(Path dataDir) {
        this.file = dataDir.resolve("world.json");
    }

    void write(Places places) throws IOException {
        JsonObject json = new JsonObject()
                .put("tls", places.tls())
                .put("database_port", places.databasePort())
                .put("user", places.user())
                .put("password", places.password());
        places.provider().ifPresent(uri -> json.put("provider", uri.toString()));
        places.carrier().ifPresent(uri -> json.put("carrier", uri.toString()));
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "world-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, json.encodePrettily());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the present host says, or one before it; empty if there never was one, or its file is damaged. */
    Optional<Places> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return Optional.of(new Places(
                    json.getBoolean("tls", false),
                    json.getInteger("database_port", 0),
                    json.getString("user", ""),
                    json.getString("password", ""),
                    Optional.ofNullable(json.getString("provider")).map(URI::create),
                    Optional.ofNullable(json.getString("carrier")).map(URI::create)));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            // it is only a hint: a host writes it anew, and a guest waits for that
            return Optional.empty();
        }
    }

    /** The same, once everything in it answers. */
    Optional<Places> readAlive() throws IOException {
        return read().filter(places -> places.databasePort() == 0 || answers(places.databasePort()))
                .filter(places ->
                        places.provider().map(uri -> answers(uri.getPort())).orElse(true))
                .filter(places ->
                        places.carrier().map(uri -> answers(uri.getPort())).orElse(true));
    }

    /** The embedded server's port of last time if nobody has taken it since; else 0. */
    int portOfLastTime() throws IOException {
        return read().map(Places::databasePort).filter(WorldFile::isFree).orElse(0);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            // nobody there yet, or no more
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            // taken
            return false;
        }
    }
}
