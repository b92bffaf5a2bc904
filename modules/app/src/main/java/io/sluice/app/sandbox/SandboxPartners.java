package io.sluice.app.sandbox;

import io.sluice.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** Both partners, running. */
public final class SandboxPartners {

    private final Vertx vertx;
    private final PartnerVerticle provider;
    private final PartnerVerticle carrier;
    private final List<String> deployments;

    private SandboxPartners(Vertx vertx, PartnerVerticle provider, PartnerVerticle carrier, List<String> deployments) {
        this.vertx = vertx;
        this.provider = provider;
        this.carrier = carrier;
        this.deployments = deployments;
    }

    /**
     * Reads the books and opens both ports.
     *
     * @return failed if a book is damaged or somebody else's, or a configured port is taken; then nothing is left running
     */
    public static Future<SandboxPartners> start(Vertx vertx, SandboxSettings settings) {
        InstantSource clock = InstantSource.system();
        Ids ids = Ids.secure(clock);
        PartnerVerticle provider = new PartnerVerticle(
                "provider",
                new ProviderTrade(ids::next, settings.faults(), settings.pace()),
                settings.provider(),
                settings,
                clock,
                ids::next);
        PartnerVerticle carrier = new PartnerVerticle(
                "carrier",
                new CarrierTrade(ids::next, settings.faults(), settings.pace()),
                settings.carrier(),
                settings,
                clock,
                ids::next);
        return vertx.deployVerticle(provider)
                .compose(first -> vertx.deployVerticle(carrier)
                        .map(second -> new SandboxPartners(vertx, provider, carrier, List.of(first, second)))
                        .recover(failed -> vertx.undeploy(first).transform(stopped -> Future.failedFuture(failed))));
    }

    /** Where the provider's API is, such as {@code http://127.0.0.1:4711}. */
    public URI provider() {
        return provider.uri();
    }

    /** Where the carrier's API is. */
    public URI carrier() {
        return carrier.uri();
    }

    /** Says where the shop is: its scheme, host and port. Callbacks held back so far set out at once. */
    public void callBack(URI shop) {
        provider.callBack(shop);
        carrier.callBack(shop);
    }

    /** Closes both ports, then both books. */
    public Future<Void> close() {
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
    }
}
