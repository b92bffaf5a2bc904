package io.sluice.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells where requests come from: from whoever is at the other end of the connection, unless it was said that proxies are between
 * us and the clients. {@code X-Forwarded-For} can be written by anybody, so of its entries only that one is believed which the
 * outermost of those proxies has added: each adds one at the end, and what stands before is hearsay.
 */
public final class Origins {

    private final int proxies;

    /** @param proxies how many add to {@code X-Forwarded-For} on the way here; 0: the header is not looked at */
    public Origins(int proxies) {
        this.proxies = proxies;
    }

    /** Where this request comes from; where the proxies do not tell, it is from the nearest of them. */
    public Origin of(HttpServerRequest request) {
        return of(
                request.remoteAddress().hostAddress(),
                proxies == 0 ? List.of() : request.headers().getAll("X-Forwarded-For"));
    }

    /**
     * @param connection the address at its other end; null if it came by no network
     * @param forwarded every {@code X-Forwarded-For}, in their sequence
     */
    Origin of(@Nullable String connection, List<String> forwarded) {
        Optional<Origin> told = proxies == 0 ? Optional.empty() : told(String.join(",", forwarded));
        return told.or(() -> Optional.ofNullable(connection).flatMap(Origin::of))
                .orElse(Origin.NOWHERE);
    }

    private Optional<Origin> told(String all) {
        int end = all.length();
        for (int i = 1; i < proxies && end >= 0; i++) {
            end = all.lastIndexOf(',', end - 1);
        }
        return end < 0 ? Optional.empty() : Origin.of(all.substring(all.lastIndexOf(',', end - 1) + 1, end));
    }
}
