package io.sluice.app.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.storage.Database;
import java.net.URI;
import java.util.Optional;

/**
 * What a wired node tells of itself.
 *
 * @param shop where the API is, if this node serves it
 */
record Wired(Optional<URI> shop, int managementPort, Database data, PrometheusMeterRegistry meters) {}
