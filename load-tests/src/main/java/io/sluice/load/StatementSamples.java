package io.sluice.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks again and again at which statements of the node the server is working on: a profile of the server, by statement. */
final class StatementSamples {

    private static final long EVERY_MILLIS = 20;
    private static final int STATEMENTS = 15;
    private static final int SHOWN = 110;
    private static final long STOP_SECONDS = 10;

    private final Server server;
    private final Map<String, Integer> seen = new HashMap<>();
    private int looks;
    private int lost;

    StatementSamples(Server server) {
        this.server = server;
    }

    /** Looks until the returned handle is closed. One at a time. */
    Sampling begin() throws SQLException {
        Connection connection = server.connect("postgres");
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var unused = timer.scheduleAtFixedRate(() -> look(connection), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return () -> {
            timer.shutdown();
            if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new BenchFailed("the look at the server's statements does not end");
            }
            connection.close();
        };
    }

    /** What {@link #begin} has begun. */
    @FunctionalInterface
    interface Sampling {
        void end() throws SQLException, InterruptedException;
    }

    private void look(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet active = statement.executeQuery("""
                        select coalesce(wait_event, 'cpu'), regexp_replace(query, '\\s+', ' ', 'g') from pg_stat_activity
                        where state = 'active' and datname in ('sluice', 'sluice_keys') and application_name = 'sluice'
                        union all
                        select coalesce(wait_event, 'cpu'), backend_type from pg_stat_activity
                        where backend_type in ('autovacuum worker', 'checkpointer', 'walwriter', 'background writer')
                            and wait_event_type is distinct from 'Activity'""")) {
            looks++;
            while (active.next()) {
                String query = active.getString(2);
                String shown = query.substring(0, Math.min(SHOWN, query.length()));
                seen.merge("[" + active.getString(1) + "] " + shown, 1, Integer::sum);
            }
        } catch (SQLException missed) {
            // one look less; how many is said
            lost++;
        }
    }

    /** The statements most often seen, each with how many of them were under way on average. */
    List<String> summary() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(
                "statements of the node at work in the server, on average of " + looks + " looks (" + lost + " lost)");
        seen.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(STATEMENTS)
                .forEach(entry -> lines.add(String.format(
                        Locale.ROOT, "  %5.2f  %s", (double) entry.getValue() / Math.max(1, looks), entry.getKey())));
        return lines;
    }
}
