package io.sluice.gateway.order;

import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.ordering.OperationIds;
import io.sluice.gateway.account.HomeRegions;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.http.Trace;
import io.sluice.gateway.json.JsonBody;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Field;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Owner;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/orders}: reads, refuses or seals, and asks for the order to be accepted.
 *
 * <p>What is kept under an idempotency key is the acceptance, the order as it was accepted, and a repeat gets it word for word and
 * at once, whatever it prefers: all repeats are the same. A first request that prefers to wait ({@code Prefer: wait=5}) is shown the
 * order as it stands later, which nobody keeps; {@code Preference-Applied} tells this answer from the acceptance (RFC 7240, 3). If
 * there is nothing to show later, the acceptance is the answer.
 */
public final class PlaceOrderRoute implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(PlaceOrderRoute.class);
    private static final Pattern WAIT = Pattern.compile("\\bwait=([0-9]{1,2})\\b");
    private static final int LONGEST_WAIT = 30;

    private final SignedIn signedIn;
    private final Bus bus;
    private final HomeRegions regions;
    private final Sealing sealing;
    private final Snapshots snapshots;
    private final KeyedHash hash;
    private final Ids ids;
    private final PaymentWatch payments;
    private final int maxDepth;

    public PlaceOrderRoute(
            Vertx vertx,
            SignedIn signedIn,
            Bus bus,
            HomeRegions regions,
            Sealing sealing,
            Snapshots snapshots,
            KeyedHash hash,
            Ids ids,
            OrderWatch watch,
            int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.regions = regions;
        this.sealing = sealing;
        this.snapshots = snapshots;
        this.hash = hash;
        this.ids = ids;
        this.payments = new PaymentWatch(vertx, bus, watch);
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.post("/v1/orders").handler(signedIn.anybody(this::place));
    }

    private void place(RoutingContext http, Principal who) {
        String header = IdempotencyKey.in(http);
        OrderBody wanted = JsonBody.read(http, OrderBody.SHAPE, maxDepth);
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        UUID orderId = OperationIds.newOrder(ids);
        Future<Outcome<Checkout.Answer>> placed = permitted(snapshots, who.subject())
                .compose(buyer -> (wanted.hasRecipient()
                                ? couldBeRight(wanted)
                                        .compose(could -> recipient(key, wanted))
                                        .map(Optional::of)
                                : Future.succeededFuture(Optional.<Addressee>empty()))
                        .compose(recipient -> parcel(orderId, buyer, recipient.orElse(null), wanted, key)))
                .compose(parcel -> bus.ask(Checkout.ADDRESS, parcel));
        Answers.answer(http, placed, answer -> accepted(http, who, answer));
    }

    /** The gate asks about checkout's own purpose; that the parcel may be sent on is asked here, before anything is accepted. */
    static Future<SubjectSnapshot> permitted(Snapshots snapshots, SubjectId person) {
        return snapshots
                .of(person)
                .compose(found -> found.filter(known -> known.permits(Purpose.SHIPMENT))
                        .map(Future::succeededFuture)
                        .orElseGet(() ->
                                Future.failedFuture(new Refused(Problems.of(PrivacyRefusal.PURPOSE_NOT_PERMITTED)))));
    }

    /** An order that can never be right must not leave a person behind: asked before one is made. */
    private Future<Void> couldBeRight(OrderBody wanted) {
        return bus.ask(Checkout.QUOTE, QuoteRoute.wish(wanted.currency(), wanted.lines(), wanted.destination()))
                .compose(Refused::unlessDone)
                .mapEmpty();
    }

    /** Makes the recipient of a gift a person with a key of their own; the same request again means the same person. */
    private Future<Addressee> recipient(IdempotencyKey key, OrderBody wanted) {
        SubjectId recipient = new SubjectId(
                UUID.nameUUIDFromBytes(hash.of(("recipient" + key.scope()).getBytes(StandardCharsets.UTF_8))));
        Parcel introduction = Parcel.about(Persons.of(recipient))
                .with(StewardshipFields.CHANNEL, "api")
                .with(StewardshipFields.REGION, regions.of(wanted.country()));
        return bus.ask(Persons.INTRODUCE_RECIPIENT, introduction)
                .compose(Refused::unlessDone)
                .map(home -> new Addressee(recipient, home));
    }

    /** @param region where they are at home */
    private record Addressee(SubjectId person, String region) {}

    private Future<Parcel> parcel(
            UUID orderId, SubjectSnapshot buyer, @Nullable Addressee recipient, OrderBody wanted, IdempotencyKey key) {
        Future<Sealing.Seal> buyers = sealing.of(buyer.region(), buyer.subject());
        Future<Sealing.Seal> addressees =
                recipient == null ? buyers : sealing.ofNewcomer(recipient.region(), recipient.person());
        SubjectId addressee = recipient == null ? null : recipient.person();
        return Future.all(buyers, addressees).map(both -> {
            Parcel parcel = key.on(Parcel.about(Parties.of(buyer.subject(), addressee, orderId)))
                    .with(CommerceFields.ORDER_ID, orderId)
                    .with(CommerceFields.CURRENCY, wanted.currency())
                    .with(CommerceFields.LINES, wanted.lines());
            for (Field<String> field : CommerceFields.SEALED_WITH_ORDER) {
                String value = wanted.personal().of(field);
                if (value != null) {
                    Sealing.Seal seal = field.owner() == Owner.ADDRESSEE ? addressees.result() : buyers.result();
                    parcel = parcel.withSealed(field, seal.seal(orderId, field, value));
                }
            }
            return parcel;
        });
    }

    /** From here on the order is accepted, and whatever else goes wrong is no reason to say anything else. */
    private void accepted(RoutingContext http, Principal who, Checkout.Answer answer) {
        if (answer.replayed()) {
            http.response().putHeader("Idempotent-Replayed", "true");
        }
        int seconds = wait(http);
        if (seconds == 0 || answer.replayed()) {
            OrderRoutes.created(http, answer.order());
            return;
        }
        payments.decided(who.subject(), answer.order().id(), seconds)
                .onSuccess(order -> {
                    http.response().putHeader("Preference-Applied", "wait=" + seconds);
                    OrderRoutes.created(http, order);
                })
                .onFailure(cause -> {
                    LOG.info(
                            "order accepted, its payment not waited for cause={} trace={}",
                            cause.getMessage(),
                            Trace.of(http).traceId());
                    OrderRoutes.created(http, answer.order());
                });
    }

    // RFC 7240, 4.3
    private static int wait(RoutingContext http) {
        Matcher matcher = WAIT.matcher(String.valueOf(http.request().getHeader("prefer")));
        return matcher.find() ? Math.min(LONGEST_WAIT, Integer.parseInt(String.valueOf(matcher.group(1)))) : 0;
    }
}
