package io.sluice.gateway.management;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One thing that must hold for a node to take work.
 *
 * @param name shown to whoever asks
 * @param holds succeeds if it does; its failure's text is shown to nobody
 */
public record HealthCheck(String name, Supplier<Future<Void>> holds) {}
