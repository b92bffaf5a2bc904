package io.sluice.load;

import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.DatabaseTimeouts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL server that a development node runs, reached as its owner. */
final class Server {

    static final String DATA = "sluice";
    static final String KEYS = "sluice_keys";

    private final Path dataDir;
    private final JsonObject world;

    private Server(Path dataDir, JsonObject world) {
        this.dataDir = dataDir;
        this.world = world;
    }

    static Server of(Path dataDir) throws IOException {
        return new Server(dataDir, new JsonObject(Files.readString(dataDir.resolve("world.json"))));
    }

    DatabaseSettings database(String name) {
        return new DatabaseSettings(
                "127.0.0.1",
                world.getInteger("database_port"),
                name,
                world.getString("user"),
                world.getString("password"),
                Optional.empty(),
                4,
                1_000,
                DatabaseTimeouts.standard());
    }

    Connection connect(String name) throws SQLException {
        DatabaseSettings settings = database(name);
        return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    }

    /** Runs statements, which may be a script, outside any transaction. */
    void run(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            while (hasRows || statement.getUpdateCount() >= 0) {
                hasRows = statement.getMoreResults();
            }
        }
    }

    /** The single value that a query finds, as text; empty if it is null. */
    String value(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            String value = found.next() ? found.getString(1) : null;
            return value == null ? "" : value;
        }
    }

    /** What a query finds in its first column, as texts. */
    List<String> list(String database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                values.add(found.getString(1));
            }
        }
        return values;
    }

    long count(String database, String sql) throws SQLException {
        String value = value(database, sql);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    /** The process of which all others of the server are children. */
    long pid() throws IOException {
        Path file = dataDir.resolve("postgres").resolve("data").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }
}
