package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.gateway.account.AccountOffice;
import io.sluice.gateway.account.AccountSettings;
import io.sluice.gateway.account.Admission;
import io.sluice.gateway.account.Authenticator;
import io.sluice.gateway.account.NewcomerSealing;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.account.SigningKey;
import io.sluice.gateway.docs.DocsRoutes;
import io.sluice.gateway.http.GatewayVerticle;
import io.sluice.gateway.http.HttpSettings;
import io.sluice.gateway.http.Origins;
import io.sluice.gateway.http.ProblemRoutes;
import io.sluice.gateway.http.Rate;
import io.sluice.gateway.http.RequestBudgets;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.ledger.LedgerRoutes;
import io.sluice.gateway.ledger.ReceiptRoutes;
import io.sluice.gateway.order.DeliveryRoutes;
import io.sluice.gateway.order.OrderEventStream;
import io.sluice.gateway.order.OrderRoutes;
import io.sluice.gateway.order.OrderWatch;
import io.sluice.gateway.order.PlaceOrderRoute;
import io.sluice.gateway.order.QuoteRoute;
import io.sluice.gateway.order.Sealing;
import io.sluice.gateway.order.StaffOrderRoutes;
import io.sluice.gateway.person.ConsentRoutes;
import io.sluice.gateway.person.PolicyRoutes;
import io.sluice.gateway.subscription.SubscriptionRoutes;
import io.sluice.guard.Bus;
import io.sluice.ledger.log.LogReads;
import io.sluice.ledger.log.Receipts;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.PublishedLaw;
import io.sluice.vault.BlindIndex;
import io.sluice.vault.KeyedHash;
import io.sluice.vault.keystore.HashUse;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node serves over HTTP: one server on as many event loops as there are processors. */
final class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final Foundations on;
    private final Stores stores;
    private final Bus bus;
    private final Supplier<Law> law;
    private final Supplier<List<PublishedLaw>> published;
    private final Origins origins;
    private final AccountOffice office;
    private Set<String> served = Set.of();

    Doors(Foundations on, Stores stores, Bus bus, Supplier<Law> law, Supplier<List<PublishedLaw>> published) {
        this.on = on;
        this.stores = stores;
        this.bus = bus;
        this.law = law;
        this.published = published;
        this.origins = new Origins(on.config().http().forwardedBy());
        this.office = new AccountOffice(
                new AccountOffice.Tools(
                        on.vertx(),
                        bus,
                        stores.snapshots(),
                        on.config()::homeRegion,
                        origins,
                        NewcomerSealing.by(stores.vault()),
                        new BlindIndex(stores.keystore().keyedHash(HashUse.BLIND_INDEX)),
                        () -> law.get().shownVersion(),
                        on.clock(),
                        on.nanoTime(),
                        on.meters()),
                accounts(),
                stores.keystore().signingKeys().stream()
                        .map(pair -> new SigningKey(pair.id(), pair.publicKey(), pair.privateKey()))
                        .toList());
    }

    AccountOffice office() {
        return office;
    }

    /** Opens the doors, and says where. */
    URI open() {
        Bus.Listening sessions = on.stages().started("listening for sessions", office::listen);
        on.stages().endBy("listening for sessions", sessions::close);
        OrderWatch watch = new OrderWatch(on.config().limits().orderWatchers());
        Bus.Listening orders = on.stages().started("listening for orders", () -> watch.start(bus));
        on.stages().endBy("listening for orders", orders::close);
        WebhookDoor webhooks = new WebhookDoor(on, bus);
        RequestBudgets budgets = budgets();
        List<GatewayVerticle> loops = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Authenticator authenticator = office.newAuthenticator();
            GatewayVerticle loop = new GatewayVerticle(
                    settings(sharedPort()),
                    List.of(webhooks.routes()),
                    new Admission(authenticator, origins, budgets),
                    routes(watch, authenticator),
                    on.meters());
            on.deploy(
                    "HTTP server " + (i + 1) + " (http.port "
                            + on.config().http().port() + ")",
                    loop);
            loops.add(loop);
        }
        served = loops.getFirst().served();
        on.links()
                .api()
                .ifPresent(own -> CertificateWatch.begin(
                        on.vertx(),
                        on.meters(),
                        "api",
                        own,
                        renewed -> Future.all(loops.stream()
                                        .map(loop -> loop.renew(renewed))
                                        .toList())
                                .mapEmpty()));
        return on.links().shop(loops.getFirst().port());
    }

    /** Each method on each path behind the open doors. */
    Set<String> served() {
        return served;
    }

    /** Servers share a port that they ask for alike; by a negative one they ask for the same free one. */
    private int sharedPort() {
        int configured = on.config().http().port();
        return configured == 0 ? -1 : configured;
    }

    private RequestBudgets budgets() {
        Config config = on.config();
        Rate address = config.limits().address();
        if (!address.isUnlimited() && !config.http().knowsAddresses(config.profile())) {
            // all the world would share one budget, and anybody could use it up
            LOG.warn(
                    "requests without a sign-in are not limited:"
                            + " say in http.forwarded_by how many proxies add to X-Forwarded-For, or set limits.address.rate to 0");
            address = Rate.UNLIMITED;
        }
        return new RequestBudgets(config.limits().principal(), address, on.nanoTime(), on.meters());
    }

    private List<Routes> routes(OrderWatch watch, Authenticator authenticator) {
        int depth = on.config().limits().jsonDepth();
        SignedIn signedIn = new SignedIn(authenticator);
        Sealing sealing = Sealing.by(stores.vault());
        KeyedHash idempotency = stores.keystore().keyedHash(HashUse.IDEMPOTENCY);
        return List.of(
                office.routes(authenticator),
                new PlaceOrderRoute(
                        on.vertx(),
                        signedIn,
                        bus,
                        on.config()::homeRegion,
                        sealing,
                        stores.snapshots(),
                        idempotency,
                        on.ids(),
                        watch,
                        depth),
                new QuoteRoute(bus, depth),
                new OrderRoutes(
                        signedIn, bus, new OrderEventStream(on.vertx(), bus, authenticator, watch), idempotency, depth),
                new StaffOrderRoutes(signedIn, bus, idempotency, depth),
                new DeliveryRoutes(signedIn, bus, sealing, stores.snapshots(), depth),
                new SubscriptionRoutes(
                        signedIn,
                        bus,
                        on.ids(),
                        idempotency,
                        stores.subscriptionSecrets(on.config().subscriptions().secretOverlap()),
                        on.config().subscriptions().privateAddresses(),
                        depth),
                new ConsentRoutes(signedIn, bus, () -> law.get().shownVersion(), depth),
                new PolicyRoutes(
                        () -> law.get().shownVersion(),
                        () -> published.get().stream()
                                .map(one -> new PolicyRoutes.Version(
                                        one.version(), one.announcedAt(), one.effectiveAt(), one.text()))
                                .toList()),
                new LedgerRoutes(new LogReads(stores.data())),
                new ReceiptRoutes(
                        signedIn,
                        bus,
                        new Receipts(
                                on.vertx(),
                                stores.data(),
                                stores.pseudonyms(),
                                on.config().ledger().receiptPatience(),
                                on.nanoTime())),
                new DocsRoutes(),
                new ProblemRoutes());
    }

    private HttpSettings settings(int port) {
        Config config = on.config();
        return new HttpSettings(
                config.http().host(),
                port,
                on.links().api().map(CertificateWatch::serverTls),
                on.links().isHttpsOnly(),
                config.limits().body(),
                config.limits().requestsInFlight(),
                config.http().idleTimeout());
    }

    private AccountSettings accounts() {
        Config config = on.config();
        AccountSettings standard = AccountSettings.standard(config.auth().issuer());
        return new AccountSettings(
                config.auth().issuer(),
                config.auth().audience(),
                config.auth().accessToken(),
                config.subjects().lease(),
                standard.maxKnownTokens(),
                new AccountSettings.Hashing(
                        config.auth().hashMemory() / 1024,
                        standard.hashing().iterations(),
                        standard.hashing().parallelism(),
                        config.auth().hashThreads(),
                        config.auth().hashQueue()),
                new AccountSettings.Attempts(
                        config.auth().wrongPasswordsPerMinute(),
                        Duration.ofMinutes(1),
                        standard.attempts().maxRemembered(),
                        standard.attempts().answerNotBefore()));
    }
}
