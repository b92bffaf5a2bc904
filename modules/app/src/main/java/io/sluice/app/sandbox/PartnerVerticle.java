package io.sluice.app.sandbox;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partner at work: its books, its port, its trade, on one event loop. */
final class PartnerVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerVerticle.class);

    private final String name;
    private final Trade trade;
    private final SandboxSettings.Partner partner;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private @Nullable Chronicle chronicle;
    private @Nullable HttpServer server;

    PartnerVerticle(
            String name,
            Trade trade,
            SandboxSettings.Partner partner,
            SandboxSettings settings,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.name = name;
        this.trade = trade;
        this.partner = partner;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Future<?> start() {
        return Chronicle.open(vertx, name, partner.webhookSecret(), trade, settings, clock, ids)
                .compose(opened -> {
                    chronicle = opened;
                    return listen(opened);
                })
                .onSuccess(listening -> LOG.info("sandbox partner listens name={} port={}", name, port()));
    }

    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        Chronicle open = chronicle;
        Future<Void> closed = listening == null ? Future.succeededFuture() : listening.close();
        return open == null ? closed : closed.eventually(open::close);
    }

    /** Where this partner is reached, once it has started. */
    URI uri() {
        return URI.create(settings.tls().scheme() + "://" + settings.host() + ":" + port());
    }

    /** From now on the shop is there. May be called from any thread. */
    void callBack(URI shop) {
        context.runOnContext(here -> {
            Chronicle open = chronicle;
            if (open != null) {
                open.callBack(shop);
            }
        });
    }

    private int port() {
        HttpServer listening = server;
        return listening == null ? 0 : listening.actualPort();
    }

    private Future<Void> listen(Chronicle opened) {
        Desk desk = new Desk(vertx, partner.apiKey(), settings);
        Router router = trade.open(new Trade.Premises(vertx, opened, desk, () -> uri().toString()));
        return lastPort()
                .compose(port -> bind(port, router))
                // the port of the last time is taken: any other will do, since nobody asked for that one
                .recover(taken -> partner.port() == 0 ? bind(0, router) : Future.failedFuture(taken))
                .compose(bound -> rememberPort())
                .onSuccess(ready -> {
                    opened.resume();
                    trade.resume();
                });
    }

    private Future<Void> bind(int port, Router router) {
        HttpServerOptions options =
                new HttpServerOptions().setHost(settings.host()).setPort(port);
        settings.tls().secure(options);
        HttpServer made = vertx.createHttpServer(options)
                // whoever got silence hangs up, as the faults intend; that is no error of the server's
                .connectionHandler(peer -> peer.exceptionHandler(gone -> LOG.debug("peer hung up name={}", name)))
                .requestHandler(router);
        server = made;
        return made.listen().mapEmpty();
    }

    private Future<Integer> lastPort() {
        if (partner.port() != 0) {
            return Future.succeededFuture(partner.port());
        }
        return vertx.fileSystem()
                .readFile(portFile())
                .map(read -> Integer.parseInt(read.toString().strip()))
                // there was no last time, or it left nothing that is a port
                .otherwise(0);
    }

    /** So that addresses given to customers still lead here after a restart. */
    private Future<Void> rememberPort() {
        return vertx.fileSystem()
                .writeFile(portFile(), Buffer.buffer(Integer.toString(port()), StandardCharsets.US_ASCII.name()));
    }

    private String portFile() {
        return settings.directory().resolve(name + ".port").toString();
    }
}
