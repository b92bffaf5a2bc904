package io.sluice.app.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A request and its answer, as they went over the wire.
 *
 * @param target path and query
 * @param sent the request's body; empty if it had none
 */
record Exchange(
        String method, String target, HttpHeaders asked, String sent, int status, HttpHeaders answered, String body) {

    String path() {
        return target.split("\\?", 2)[0];
    }

    Optional<String> query() {
        return target.contains("?") ? Optional.of(target.split("\\?", 2)[1]) : Optional.empty();
    }

    /** The media type of these headers' body, without its parameters; empty if there is none. */
    static String type(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .map(type -> type.split(";", 2)[0].strip())
                .orElse("");
    }

    @Override
    public String toString() {
        return method + " " + target + " → " + status;
    }
}
