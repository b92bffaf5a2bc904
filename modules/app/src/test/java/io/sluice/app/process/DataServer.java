package io.sluice.app.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** The data of a development node's own server, asked past the node. */
public record DataServer(String url, String user, String password) {

    public static DataServer of(Path dataDir) throws IOException {
        return of(dataDir, "sluice");
    }

    public static DataServer of(Path dataDir, String database) throws IOException {
        JsonObject world = new JsonObject(Files.readString(dataDir.resolve("world.json")));
        return new DataServer(
                "jdbc:postgresql://127.0.0.1:" + world.getInteger("database_port") + "/" + database,
                world.getString("user"),
                world.getString("password"));
    }

    /** To be closed by whoever opens it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** The first column of all that a query finds. */
    Set<String> texts(String query) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            Set<String> texts = new HashSet<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    /** The one number that a query finds. */
    int number(String query) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getInt(1);
        }
    }
}
