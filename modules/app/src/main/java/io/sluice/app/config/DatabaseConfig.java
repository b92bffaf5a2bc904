package io.sluice.app.config;

import io.sluice.storage.DatabaseTimeouts;
import java.net.URI;
import java.util.Optional;

/**
 * One PostgreSQL database.
 *
 * @param url {@code postgresql://user@host:5432/name?sslmode=verify-full}; absent, in development only: the embedded server
 * @param ca PEM text of who signed the server's certificate; with it the link is TLS, and name and certificate are verified
 * @param connections for reading and single statements; group commits have their own lanes
 * @param maxWaiting statements that wait for one of them; past it they are refused
 * @param timeouts how long anything asked of it may take
 */
public record DatabaseConfig(
        Optional<URI> url,
        Optional<Secret> password,
        Optional<String> ca,
        int connections,
        int maxWaiting,
        DatabaseTimeouts timeouts) {

    static DatabaseConfig read(Section section) {
        Optional<URI> url = section.uri("url");
        Optional<String> ca = section.text("ca");
        url.ifPresent(given -> check(section, given, ca.isPresent()));
        Optional<Secret> password = section.secret("password");
        if (!section.profile().isDevelopment()) {
            if (url.isEmpty()) {
                section.missing("url", "only the development profile brings a database along");
            }
            if (password.isEmpty()) {
                section.missing("password", "outside the development profile nothing has a default password");
            }
        }
        return new DatabaseConfig(
                url,
                password,
                ca,
                section.number("connections", 8, 1, 1000),
                section.number("max_waiting", 10_000, 1, 1_000_000),
                timeouts(section));
    }

    private static DatabaseTimeouts timeouts(Section section) {
        DatabaseTimeouts standard = DatabaseTimeouts.standard();
        return new DatabaseTimeouts(
                section.duration("lock_timeout", standard.lock()),
                section.duration("statement_timeout", standard.statement()),
                section.duration("idle_transaction_timeout", standard.idleTransaction()),
                section.duration("answer_timeout", standard.answer()),
                section.duration("connect_timeout", standard.connect()));
    }

    private static void check(Section section, URI url, boolean hasCa) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            section.problem("url", "must start with postgresql://");
        }
        if (url.getPath() == null || url.getPath().length() < 2) {
            section.problem("url", "must end with the database's name, as in postgresql://user@host:5432/name");
        }
        if (url.getUserInfo() == null || url.getUserInfo().isBlank()) {
            section.problem("url", "must name the user, as in postgresql://user@host:5432/name");
        } else if (url.getUserInfo().contains(":")) {
            section.problem("url", "must not hold the password; that has a key of its own");
        }
        boolean verified = String.valueOf(url.getQuery()).contains("sslmode=verify-full");
        if (verified && !hasCa) {
            section.missing("ca", "sslmode=verify-full needs the certificate of who signed the server's");
        }
        if (!verified && !Loopback.is(url.getHost())) {
            section.problem("url", "must say sslmode=verify-full: its host is not this machine");
        }
    }
}
