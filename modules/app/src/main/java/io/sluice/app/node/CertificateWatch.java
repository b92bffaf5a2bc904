package io.sluice.app.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.app.certificates.Identity;
import io.sluice.app.config.Pem;
import io.sluice.gateway.http.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time whether a renewed certificate stands where the one in use was read from, and has its server use it.
 * What cannot be used is told once and changes nothing.
 */
final class CertificateWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final String link;
    private final Function<ServerTls, Future<Void>> server;
    private final AtomicReference<Identity> inUse;
    private Pem lastSeen;

    CertificateWatch(String link, Identity inUse, Function<ServerTls, Future<Void>> server) {
        this.link = link;
        this.server = server;
        this.inUse = new AtomicReference<>(inUse);
        this.lastSeen = inUse.pem();
    }

    /**
     * Begins to look, as long as this Vert.x lives, if the certificate was read from files.
     *
     * @param link for log lines and the gauge of its end, such as {@code api}
     * @param server takes it up
     */
    static void begin(
            Vertx vertx, MeterRegistry meters, String link, Identity inUse, Function<ServerTls, Future<Void>> server) {
        CertificateWatch watch = new CertificateWatch(link, inUse, server);
        Gauge.builder(
                        "sluice.certificate.expiry",
                        watch.inUse,
                        identity -> identity.get().until().getEpochSecond())
                .description("when the certificate in use ends, in seconds since 1970")
                .tag("link", link)
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        LOG.info("certificate in use link={} until={}", link, inUse.until());
        inUse.pem().source().ifPresent(files -> watch.every(vertx, files));
    }

    static ServerTls serverTls(Identity identity) {
        return new ServerTls(identity.pem().certificate(), identity.pem().key().reveal());
    }

    private void every(Vertx vertx, Pem.Source files) {
        vertx.setPeriodic(
                LOOK_EVERY.toMillis(),
                look -> vertx.executeBlocking(files::read)
                        .compose(this::found)
                        .onFailure(cause -> LOG.warn(
                                "renewed certificate not used link={} cause={}",
                                link,
                                String.valueOf(cause.getMessage()))));
    }

    /** @throws IllegalArgumentException saying why it is not used, once for each that is found */
    Future<Void> found(Pem pem) {
        if (pem.equals(lastSeen)) {
            return Future.succeededFuture();
        }
        lastSeen = pem;
        Identity renewed = Identity.of(pem, Instant.now());
        return server.apply(serverTls(renewed)).onSuccess(used -> {
            inUse.set(renewed);
            LOG.info("certificate renewed link={} until={}", link, renewed.until());
        });
    }
}
