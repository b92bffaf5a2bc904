package io.sluice.vault.transit;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a transit engine is and how it is used.
 *
 * @param base such as {@code https://vault.example:8200}; the engine is mounted at {@code transit/}
 * @param token may encrypt, decrypt, read, rotate, configure and trim the one key
 * @param key the transit key's name; made if it is not there
 * @param namespace for those who have several
 * @param ca PEM text of who signed the server's certificate; absent: who this Java trusts
 * @param timeout for one call
 * @param callsInFlight at the same time, for each of wrapping and unwrapping
 * @param batch keys in one call
 * @param queue keys waiting; past it they are refused
 */
public record TransitSettings(
        URI base,
        String token,
        String key,
        Optional<String> namespace,
        Optional<String> ca,
        Duration timeout,
        int callsInFlight,
        int batch,
        int queue) {

    public TransitSettings {
        if (!key.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw new IllegalArgumentException(
                    "a transit key's name has letters, digits, dots, dashes and underscores");
        }
        if (timeout.toMillis() < 1 || callsInFlight < 1 || batch < 1 || queue < 1) {
            throw new IllegalArgumentException("calls take some time, and at least one key goes at a time");
        }
    }

    /** With bounds that suit a node. */
    public static TransitSettings of(
            URI base, String token, String key, Optional<String> namespace, Optional<String> ca) {
        return new TransitSettings(base, token, key, namespace, ca, Duration.ofSeconds(3), 4, 100, 20_000);
    }

    @Override
    public String toString() {
        return base + " " + key;
    }
}
