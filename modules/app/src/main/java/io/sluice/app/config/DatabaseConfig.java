package io.sluice.app.config;

import io.sluice.storage.DatabaseTimeouts;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One PostgreSQL database.
 *
 * @param url {@code postgresql://user@host:5432/name?sslmode=verify-full}; absent, in development only: the embedded server
 * @param ca PEM text of who signed the server's certificate; with it the link is TLS 1.3, and name and certificate are verified
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

    private static final String VERIFIED = "sslmode=verify-full";
    private static final String PLAIN = "sslmode=disable";

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

    /** Verified or plain, and plain on this machine only: whatever lies between would let somebody in the middle pass. */
    private static void encryption(Section section, URI url, boolean hasCa) {
        String said = Objects.requireNonNullElse(url.getQuery(), "");
        switch (said) {
            case VERIFIED -> {
                if (!hasCa) {
                    section.missing("ca", VERIFIED + " needs the certificate of who signed the server's");
                }
            }
            case "", PLAIN -> {
                if (!Loopback.is(url.getHost())) {
                    section.problem("url", "must say " + VERIFIED + ": its host is not this machine");
                } else if (hasCa) {
                    section.problem("url", "must say " + VERIFIED + ": there is an authority to verify it by");
                }
            }
            default ->
                section.problem("url", "must end in " + VERIFIED + " and nothing else, or on this machine in " + PLAIN);
        }
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
        encryption(section, url, hasCa);
    }
}
