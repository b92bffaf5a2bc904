package io.sluice.gateway.http;

import io.vertx.ext.web.Router;

/** A part of the API that adds its routes. Called once for each event loop's router. */
@FunctionalInterface
public interface Routes {
    void mount(Router router);
}
