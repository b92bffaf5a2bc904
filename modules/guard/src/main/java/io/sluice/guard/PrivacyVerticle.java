package io.sluice.guard;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Stands in line: installs the interceptor that every delivery of this node passes, and takes it off at the end. */
public final class PrivacyVerticle extends VerticleBase {

    private final Interceptor interceptor;

    PrivacyVerticle(Interceptor interceptor) {
        this.interceptor = interceptor;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().addInboundInterceptor(interceptor);
        return Future.succeededFuture();
    }

    /** From here on parcels arrive closed: what is still under way is answered with a fault. */
    @Override
    public Future<?> stop() {
        vertx.eventBus().removeInboundInterceptor(interceptor);
        return Future.succeededFuture();
    }
}
