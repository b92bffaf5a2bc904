package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.guard.Bus;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a wired node tells of itself.
 *
 * @param shop where the API is, if this node serves it
 * @param served each method on each path of it, such as {@code GET /v1/orders/:id}
 * @param management where health and metrics are
 * @param bus the way to its rooms
 * @param authority PEM text of whom a client of the API has to trust, if nobody trusts them anyway
 */
record Wired(
        Optional<URI> shop,
        Set<String> served,
        URI management,
        Optional<String> authority,
        Stores stores,
        Bus bus,
        PrometheusMeterRegistry meters) {}
