package io.sluice.app.canary;

import io.sluice.app.canary.Search.Find;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Every row of every table of a database, as the server gives it: in its binary form, and as text. */
final class Rows {

    private static final String TABLES = """
            select n.nspname || '.' || c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm', 't') and n.nspname !~ '^pg_temp'
            order by 1""";

    /** Views of what the server remembers of its sessions. */
    private static final List<String> VIEWS =
            List.of("pg_catalog.pg_stat_activity", "pg_catalog.pg_prepared_statements");

    private Rows() {}

    /** @param where under which name the database is to be told */
    static List<Find> search(Search search, String where, Connection database) throws SQLException, IOException {
        List<Find> finds = new ArrayList<>();
        CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
        List<String> tables = new ArrayList<>(VIEWS);
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                tables.add(found.getString(2));
            }
        }
        for (String table : tables) {
            for (String format : List.of("text", "binary")) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                // a row of a TOAST table is no value of its own
                String query = format.equals("text") && !table.startsWith("pg_toast.")
                        ? "select to_json(each)::text from " + table + " each"
                        : "select * from " + table;
                copyOut(copy, query, format, rows);
                finds.addAll(search.in(where + "." + table + " (" + format + ")", rows.toByteArray()));
            }
        }
        return finds;
    }

    private static void copyOut(CopyManager copy, String query, String format, ByteArrayOutputStream rows)
            throws SQLException, IOException {
        try {
            long written = copy.copyOut("copy (" + query + ") to stdout (format " + format + ")", rows);
            if (written < 0) {
                throw new SQLException("the server does not say how many rows it has copied");
            }
        } catch (SQLException failed) {
            // a few columns of the server's own catalogues have a type without a binary form
            if (format.equals("text")) {
                throw failed;
            }
        }
    }
}
