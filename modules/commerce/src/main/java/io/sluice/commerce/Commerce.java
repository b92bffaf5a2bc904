package io.sluice.commerce;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.CarrierCalls;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.FraudScreening;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.api.Subscriptions;
import io.sluice.commerce.fraud.FraudRules;
import io.sluice.commerce.fraud.FraudVerticle;
import io.sluice.commerce.fraud.Homes;
import io.sluice.commerce.ordering.CallbackDesk;
import io.sluice.commerce.ordering.CheckoutVerticle;
import io.sluice.commerce.ordering.Checkouts;
import io.sluice.commerce.ordering.Inbox;
import io.sluice.commerce.ordering.InboxVerticle;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderRules;
import io.sluice.commerce.ordering.OrderStore;
import io.sluice.commerce.ordering.OrderTerms;
import io.sluice.commerce.ordering.OrderingVerticle;
import io.sluice.commerce.ordering.Partners;
import io.sluice.commerce.payment.PaymentSteps;
import io.sluice.commerce.payment.PaymentVerticle;
import io.sluice.commerce.payment.ProviderDesk;
import io.sluice.commerce.refund.RefundSteps;
import io.sluice.commerce.refund.RefundVerticle;
import io.sluice.commerce.shipping.ShippingSteps;
import io.sluice.commerce.shipping.ShippingVerticle;
import io.sluice.commerce.step.StepSettings;
import io.sluice.commerce.step.StepStore;
import io.sluice.commerce.step.StepVerticle;
import io.sluice.commerce.subscription.Subscribing;
import io.sluice.commerce.subscription.SubscriptionSettings;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.guard.Snapshots;
import io.sluice.guard.WireForm;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.RiderTable;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The room, wired: what a worker node deploys. */
public final class Commerce {

    /** Every address that this room serves or asks. The law has a contract for each. */
    public static final List<Address<?, ?>> ADDRESSES = List.of(
            Checkout.ADDRESS,
            Checkout.QUOTE,
            Orders.FIND,
            Orders.LIST,
            Orders.HAPPENED,
            Orders.CANCEL,
            Orders.INSPECT,
            Orders.PERSONS,
            FraudScreening.ADDRESS,
            Orders.CONCERNED,
            Orders.READDRESS,
            Orders.DISPATCH,
            Orders.CAPTURE,
            Orders.VOID,
            Orders.HOLD,
            Orders.RELEASE,
            Orders.REFUND,
            Orders.SEND_BACK,
            Orders.RETURNED,
            Orders.OFFERED,
            Orders.CHANGED,
            ProviderCalls.AUTHORISE,
            ProviderCalls.CAPTURE,
            ProviderCalls.VOID,
            ProviderCalls.REFUND,
            ProviderCalls.LOOKUP,
            CarrierCalls.DISPATCH,
            CarrierCalls.LOOKUP,
            MerchantCalls.NOTIFY,
            Subscriptions.OPEN,
            Subscriptions.FIND,
            Subscriptions.LIST,
            Subscriptions.CLOSE,
            Subscriptions.ROTATE,
            Subscriptions.ENABLE,
            Subscriptions.REPLAY,
            Callbacks.PAYMENT,
            Callbacks.SHIPMENT,
            StepVerticle.DUE);

    /**
     * @param checkouts limits of accepting orders
     * @param changes limits of changing orders
     * @param callbacks limits of storing callbacks
     * @param maxReads how many single reads may wait
     * @param partners whom orders and parcels go by, and who may tell of them
     */
    public record Settings(
            GroupCommit.Limits checkouts,
            GroupCommit.Limits changes,
            GroupCommit.Limits callbacks,
            int maxReads,
            Partners partners,
            OrderRules rules,
            FraudRules fraud,
            StepSettings steps,
            SubscriptionSettings subscriptions) {}

    private final Bus bus;
    private final OrderStore orders;
    private final OrderReads reads;
    private final Inbox inbox;
    private final List<Deployable> verticles;

    /**
     * @param riderTables where use leaves belong that ride in a checkout's transaction
     * @param snapshots what people permit
     * @param homes where they live, for who looks for fraud
     */
    public Commerce(
            Vertx vertx,
            Bus bus,
            Database database,
            List<RiderTable> riderTables,
            WireForm wireForm,
            Snapshots snapshots,
            Homes homes,
            InstantSource clock,
            MeterRegistry meters,
            Settings settings) {
        this.bus = bus;
        reads = new OrderReads(vertx, database, settings.maxReads());
        Partners partners = settings.partners();
        orders = new OrderStore(
                vertx, database, settings.changes(), settings.rules(), partners, clock, this::changed, meters);
        inbox = new Inbox(vertx, database, settings.callbacks(), meters);
        Checkouts checkouts = new Checkouts(
                vertx,
                database,
                settings.checkouts(),
                settings.rules().tariff(),
                riderTables,
                wireForm,
                partners.payments().chosen(),
                clock,
                order -> changed(new OrderStore.Changed(order, true)),
                meters);
        CallbackDesk payments =
                new CallbackDesk(Callbacks.PAYMENT.name(), inbox, orders, partners, PaymentVerticle::meaning, meters);
        CallbackDesk shipments =
                new CallbackDesk(Callbacks.SHIPMENT.name(), inbox, orders, partners, ShippingVerticle::meaning, meters);
        ProviderDesk provider = new ProviderDesk(bus);
        List<Deployable> own = List.of(
                new CheckoutVerticle(bus, reads, settings.rules().tariff(), checkouts),
                new OrderingVerticle(bus, reads, orders),
                new PaymentVerticle(bus, payments),
                new ShippingVerticle(bus, shipments),
                new RefundVerticle(bus, orders),
                new FraudVerticle(bus, reads, snapshots, homes, settings.fraud()),
                new InboxVerticle(inbox, List.of(payments, shipments), meters),
                new StepVerticle(
                        bus,
                        new StepStore(database),
                        orders,
                        List.of(
                                new PaymentSteps(provider),
                                new RefundSteps(provider),
                                new ShippingSteps(bus, settings.fraud()),
                                new OrderTerms()),
                        settings.steps(),
                        meters));
        verticles = Stream.concat(
                        own.stream(),
                        Subscribing.verticles(bus, database, settings.subscriptions(), clock, meters).stream())
                .toList();
    }

    private void changed(OrderStore.Changed change) {
        bus.announce(Orders.CHANGED, Parcel.plain().with(CommerceFields.ORDER_ID, change.order()));
        if (change.hasEffects()) {
            bus.announce(StepVerticle.DUE, Parcel.plain());
        }
    }

    /** What is to be deployed, in this order. */
    public List<Deployable> verticles() {
        return verticles;
    }

    public OrderReads reads() {
        return reads;
    }

    /** Commits what waits, and takes no more. */
    public Future<Void> close() {
        return Future.join(orders.close(), inbox.close()).mapEmpty();
    }
}
