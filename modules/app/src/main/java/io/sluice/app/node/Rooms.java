package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.NodeRole;
import io.sluice.app.config.Partner;
import io.sluice.app.config.Payments;
import io.sluice.app.config.SubscriptionsConfig;
import io.sluice.app.config.TariffFile;
import io.sluice.commerce.Commerce;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderRules;
import io.sluice.commerce.ordering.PersonsOrders;
import io.sluice.commerce.step.StepSettings;
import io.sluice.commerce.subscription.SubscriptionSettings;
import io.sluice.gateway.partner.PartnerSettings;
import io.sluice.gateway.partner.SandboxCarrierVerticle;
import io.sluice.gateway.partner.SandboxProviderVerticle;
import io.sluice.gateway.partner.StripeProviderVerticle;
import io.sluice.gateway.subscription.HostNames;
import io.sluice.gateway.subscription.MerchantVerticle;
import io.sluice.gateway.subscription.ReceiverSettings;
import io.sluice.guard.Bus;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardSettings;
import io.sluice.guard.Minimisation;
import io.sluice.guard.WireForm;
import io.sluice.stewardship.account.AccountVerticle;
import io.sluice.stewardship.account.SessionSettings;
import io.sluice.stewardship.consent.ConsentVerticle;
import io.sluice.stewardship.erasure.Affairs;
import io.sluice.stewardship.erasure.ErasureSettings;
import io.sluice.stewardship.erasure.ErasureVerticle;
import io.sluice.stewardship.policy.LawSwitch;
import io.sluice.storage.AnswerExpiryVerticle;
import io.vertx.core.Deployable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The guard on every node, and behind it, on workers, the rooms that do the work. */
final class Rooms {

    private static final int ORDERS_AT_ONCE = 100;

    private final Foundations on;
    private final Stores stores;
    private final LawSwitch law;
    private final Bus bus;
    private final Minimisation minimisation;
    private Optional<OrderReads> shelves = Optional.empty();

    private Rooms(Foundations on, Stores stores, LawSwitch law, Guard guard) {
        this.on = on;
        this.stores = stores;
        this.law = law;
        this.bus = guard.bus();
        this.minimisation = guard.minimisation();
    }

    static Rooms open(Foundations on, Stores stores, LawSwitch law, Guarding guarding) {
        Guard guard = guarding.guard(
                on.vertx(),
                Lawbook.CATALOGUE,
                law,
                stores.snapshots(),
                stores.ledger(),
                stores.vault(),
                on.clock(),
                on.nanoTime(),
                on.meters(),
                new GuardSettings(
                        on.config().bus().askTimeout(), on.config().bus().maxInHand()));
        on.deploy("privacy", guard.privacyVerticle());
        Rooms rooms = new Rooms(on, stores, law, guard);
        if (on.config().node().roles().contains(NodeRole.WORKER)) {
            on.deploy(
                    "expiry of answers",
                    new AnswerExpiryVerticle(
                            stores.data(), on.clock(), AnswerExpiryVerticle.Pace.standard(), on.meters()));
            new Seals(on, stores).deploy();
            rooms.stewardship();
            rooms.partners();
            rooms.commerce();
        }
        return rooms;
    }

    Bus bus() {
        return bus;
    }

    /** What this node's handlers do with what they are granted. */
    Minimisation minimisation() {
        return minimisation;
    }

    /** Where products are put, if this node carries out the work of commerce. */
    Optional<OrderReads> shelves() {
        return shelves;
    }

    private void stewardship() {
        Affairs affairs = new OrdersAsAffairs(new PersonsOrders(stores.data(), ORDERS_AT_ONCE));
        on.deploy(
                "consents",
                new ConsentVerticle(
                        bus,
                        law,
                        stores.data(),
                        stores.snapshots(),
                        affairs,
                        Stores.subjects(on),
                        on.ids(),
                        on.clock(),
                        on.meters()));
        on.deploy(
                "erasures",
                new ErasureVerticle(
                        bus,
                        law,
                        stores.data(),
                        affairs,
                        new VaultAsSafe(stores.vault()),
                        ErasureSettings.standard(),
                        on.clock(),
                        on.meters()));
        SessionSettings standard = SessionSettings.standard();
        on.deploy(
                "accounts",
                new AccountVerticle(
                        bus,
                        stores.data(),
                        List.of(stores.ledger().riderTable()),
                        new SessionSettings(
                                on.config().auth().session(),
                                standard.tokenGrace(),
                                standard.sweepEvery(),
                                standard.sweepAtMost(),
                                on.config().limits().readsWaiting(),
                                on.commits()),
                        on.clock(),
                        on.meters()));
    }

    private void partners() {
        Config config = on.config();
        on.deploy("payment provider", provider(config));
        on.deploy(
                "carrier",
                new SandboxCarrierVerticle(
                        bus,
                        PartnerSettings.of(
                                Receivers.carrier(config),
                                address(config.carriers().sandbox(), on.world().flatMap(DevelopmentWorld::carrier)),
                                authority(config.carriers().sandbox()),
                                Sandboxes.carrierKey(config).reveal(),
                                config.carriers().timeout()),
                        on.meters()));
        on.deploy(
                "the merchant's systems",
                new MerchantVerticle(
                        bus,
                        new ReceiverSettings(
                                config.subscriptions().privateAddresses(),
                                config.subscriptions().ca(),
                                config.subscriptions().timeout(),
                                config.subscriptions().inFlight()),
                        stores.subscriptionSecrets(config.subscriptions().secretOverlap()),
                        HostNames::system,
                        on.clock(),
                        on.meters()));
    }

    private Deployable provider(Config config) {
        Payments payments = config.payments();
        String name = Receivers.provider(config);
        return switch (payments.provider()) {
            case SANDBOX ->
                new SandboxProviderVerticle(
                        bus,
                        PartnerSettings.of(
                                name,
                                address(payments.sandbox(), on.world().flatMap(DevelopmentWorld::provider)),
                                authority(payments.sandbox()),
                                Sandboxes.providerKey(config).reveal(),
                                payments.timeout()),
                        on.meters());
            case STRIPE ->
                new StripeProviderVerticle(
                        bus,
                        PartnerSettings.of(
                                name,
                                payments.stripe().url(),
                                payments.stripe().account().ca(),
                                payments.stripe()
                                        .account()
                                        .apiKey()
                                        .orElseThrow()
                                        .reveal(),
                                payments.timeout()),
                        payments.stripe().returnUrl().orElseThrow(),
                        on.meters());
        };
    }

    private static URI address(Partner partner, Optional<URI> embedded) {
        return partner.url()
                .or(() -> embedded)
                .orElseThrow(() -> new IllegalStateException("a partner is neither configured nor embedded"));
    }

    /** Whom to trust instead of those whom Java trusts: as configured, or for a partner that development brings along. */
    private Optional<String> authority(Partner partner) {
        return partner.ca().or(() -> partner.url().isEmpty() ? on.links().developmentAuthority() : Optional.empty());
    }

    private static SubscriptionSettings subscriptions(SubscriptionsConfig config) {
        // besides the call itself, the gate decides and the leaf becomes durable
        Duration patience = config.timeout().plusSeconds(10);
        return new SubscriptionSettings(
                config.sweepEvery(),
                patience.multipliedBy(2),
                patience,
                config.inFlight(),
                config.most(),
                config.secretOverlap());
    }

    private void commerce() {
        Config config = on.config();
        Commerce commerce = new Commerce(
                on.vertx(),
                bus,
                stores.data(),
                List.of(stores.ledger().riderTable()),
                new WireForm(Lawbook.CATALOGUE),
                stores.snapshots(),
                new AccountsAsHomes(bus),
                on.clock(),
                on.meters(),
                new Commerce.Settings(
                        on.commits(),
                        on.commits(),
                        on.commits(),
                        config.limits().readsWaiting(),
                        Callers.of(config),
                        new OrderRules(
                                config.orders().autoDispatch(),
                                config.orders().reviewWithin(),
                                config.payments().authorisationLasts(),
                                TariffFile.read(config.orders().tariff())),
                        config.fraud(),
                        new StepSettings(
                                config.orders().stepLease(),
                                config.orders().sweepEvery(),
                                config.orders().stepsInFlight()),
                        subscriptions(config.subscriptions())));
        shelves = Optional.of(commerce.reads());
        on.stages().endBy("commerce", commerce::close);
        for (Deployable verticle : commerce.verticles()) {
            on.deploy("commerce " + verticle.getClass().getSimpleName(), verticle);
        }
    }
}
