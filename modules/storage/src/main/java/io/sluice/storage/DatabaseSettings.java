package io.sluice.storage;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where a database is and how it is used.
 *
 * @param rootCertificate PEM file; if given, the link is TLS 1.3 and the server's name and certificate are verified. If not, it is
 *     plain: nothing between the two is tried
 * @param poolSize connections for reading; writing lanes have connections of their own
 * @param maxWaiting how many requests may wait for a pooled connection
 * @param timeouts how long anything asked of it may take
 */
public record DatabaseSettings(
        String host,
        int port,
        String database,
        String user,
        String password,
        Optional<String> rootCertificate,
        int poolSize,
        int maxWaiting,
        DatabaseTimeouts timeouts) {

    /** The same server, another database. */
    public DatabaseSettings withDatabase(String name) {
        return new DatabaseSettings(host, port, name, user, password, rootCertificate, poolSize, maxWaiting, timeouts);
    }

    /** The same database, used within other limits. */
    public DatabaseSettings within(int newPoolSize, int newMaxWaiting, DatabaseTimeouts newTimeouts) {
        return new DatabaseSettings(
                host, port, database, user, password, rootCertificate, newPoolSize, newMaxWaiting, newTimeouts);
    }

    /** For tools that speak JDBC: Flyway. */
    public String jdbcUrl() {
        String mode = rootCertificate
                .map(file -> "verify-full&sslrootcert=" + URLEncoder.encode(file, StandardCharsets.UTF_8))
                .orElse("disable");
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode=" + mode;
    }

    PgConnectOptions connectOptions() {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password)
                .setCachePreparedStatements(true)
                .setPipeliningLimit(256)
                .addProperty("application_name", "sluice")
                .addProperty("lock_timeout", millis(timeouts.lock()))
                .addProperty("statement_timeout", millis(timeouts.statement()))
                .addProperty("idle_in_transaction_session_timeout", millis(timeouts.idleTransaction()))
                // A batch's arrays make each plan look cheap or dear by chance; one plan for all keeps it from
                // flipping. It
                // is made when the tables may still be empty, and kept: so it must be one that holds when they are
                // large.
                // All that serves a request looks rows up by their keys; what reads a whole table goes along an index.
                .addProperty("plan_cache_mode", "force_generic_plan")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off");
        rootCertificate.ifPresent(file -> options.setSslMode(SslMode.VERIFY_FULL)
                .setSslOptions(new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setTrustOptions(new PemTrustOptions().addCertPath(file))));
        return options;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
