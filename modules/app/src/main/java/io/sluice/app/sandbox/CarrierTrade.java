package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Desk.Answer;
import io.sluice.app.sandbox.Desk.Asked;
import io.sluice.app.sandbox.Desk.Manner;
import io.sluice.app.sandbox.Parcel.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The carrier's trade: takes parcels in, calls them back while it can, and brings the rest home, step by step. */
final class CarrierTrade implements Trade {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierTrade.class);
    private static final String REFUSES = "CARRIER REFUSES";
    private static final String HANGS = "CARRIER HANGS";

    private final Supplier<UUID> ids;
    private final SandboxFaults faults;
    private final SandboxPace pace;
    private final Map<String, Parcel> now = new HashMap<>();
    private final Map<String, String> idsByKey = new HashMap<>();
    /** What a key was first answered: the parcel's acceptance, or its cancellation. */
    private final Map<String, Parcel> firstAnswers = new HashMap<>();

    private @Nullable Premises premises;

    CarrierTrade(Supplier<UUID> ids, SandboxFaults faults, SandboxPace pace) {
        this.ids = ids;
        this.faults = faults;
        this.pace = pace;
    }

    @Override
    public String callbackPath() {
        return "/v1/webhooks/carriers/sandbox";
    }

    @Override
    public void recall(JsonObject line) {
        apply(Parcel.read(line), line.getString("cancelled_by"));
    }

    @Override
    public Router open(Premises opened) {
        premises = opened;
        Desk desk = opened.desk();
        Router router = desk.router();
        desk.act(router, "/v1/parcels", this::accept);
        desk.act(router, "/v1/parcels/:id/cancellations", this::cancel);
        desk.look(router, "/v1/parcels", this::lookUp);
        desk.look(
                router,
                "/v1/callbacks",
                asked -> Future.succeededFuture(Answer.ok(chronicle().callbacks())));
        desk.act(
                router,
                "/v1/callbacks/retries",
                asked -> Future.succeededFuture(Answer.ok(chronicle().unpark())));
        return router;
    }

    @Override
    public void resume() {
        now.values().forEach(this::moveOn);
    }

    @Override
    public List<Callback> callbacks(JsonObject line) {
        Parcel parcel = Parcel.read(line);
        return List.of(Callback.of(
                line.getString("event"),
                parcel.key(),
                "shipment." + parcel.status().word(),
                line.getString("at"),
                parcel.told().put("occurred_at", line.getString("at"))));
    }

    private Future<Answer> accept(Asked asked) {
        Parcel first = firstAnswers.get(asked.key());
        if (first != null) {
            return chronicle().settled().map(settled -> Answer.created(first.told(), Manner.AT_ONCE));
        }
        String reference = asked.body().text("reference", 128);
        JsonObject recipient = recipient(asked.body().object("recipient"));
        if (says(recipient, REFUSES) || faults.strikes(Fault.PARCEL_REFUSED, asked.key())) {
            throw new RequestRefused(422, "recipient_refused");
        }
        UUID id = ids.get();
        String digits = Long.toUnsignedString(id.getLeastSignificantBits() ^ id.getMostSignificantBits(), 36);
        Parcel parcel = new Parcel(
                "pa_" + id, "SBX" + digits.toUpperCase(Locale.ROOT), Status.ACCEPTED, reference, asked.key());
        apply(parcel, null);
        JsonObject line = parcel.noted().put("recipient", recipient);
        boolean silent = says(recipient, HANGS) && desk().isSilent(asked.key());
        return chronicle().record(line).map(noted -> {
            moveOn(parcel);
            return Answer.created(parcel.told(), silent ? Manner.NEVER : Manner.AT_ONCE);
        });
    }

    private static boolean says(JsonObject recipient, String magic) {
        return magic.equals(recipient.getString("name")) || magic.equals(recipient.getString("line2"));
    }

    /** The address, as far as the protocol knows it. */
    private static JsonObject recipient(Fields told) {
        JsonObject recipient = new JsonObject();
        for (String required : new String[] {"name", "line1", "city", "postcode", "country"}) {
            recipient.put(required, told.text(required, 200));
        }
        for (String optional : new String[] {"line2", "region", "phone"}) {
            String value = told.textOrNull(optional, 200);
            if (value != null) {
                recipient.put(optional, value);
            }
        }
        if (recipient.getString("country").length() != 2) {
            throw new RequestRefused(422, "country_invalid");
        }
        return recipient;
    }

    private Future<Answer> cancel(Asked asked) {
        Parcel first = firstAnswers.get(asked.key());
        if (first != null) {
            return chronicle().settled().map(settled -> Answer.created(first.told(), Manner.AT_ONCE));
        }
        Parcel parcel = now.get(asked.path("id"));
        if (parcel == null) {
            throw new RequestRefused(404, "parcel_unknown");
        }
        if (parcel.status() != Status.ACCEPTED) {
            throw new RequestRefused(409, "parcel_" + parcel.status().word());
        }
        Parcel cancelled = parcel.moved(Status.CANCELLED);
        apply(cancelled, asked.key());
        return chronicle()
                .record(cancelled.noted().put("cancelled_by", asked.key()))
                .map(noted -> Answer.created(cancelled.told(), Manner.AT_ONCE));
    }

    private Future<Answer> lookUp(RoutingContext asked) {
        String key = asked.request().getParam("idempotency_key");
        String id = key == null ? null : idsByKey.get(key);
        if (id == null) {
            throw new RequestRefused(404, "parcel_unknown");
        }
        Parcel parcel = Objects.requireNonNull(now.get(id), "every key leads to a parcel");
        return chronicle().settled().map(settled -> Answer.ok(parcel.told()));
    }

    private void apply(Parcel parcel, @Nullable String cancelledBy) {
        now.put(parcel.id(), parcel);
        if (parcel.status() == Status.ACCEPTED) {
            idsByKey.put(parcel.key(), parcel.id());
            firstAnswers.put(parcel.key(), parcel);
        }
        if (cancelledBy != null) {
            firstAnswers.put(cancelledBy, parcel);
        }
    }

    /** The parcel's next step in a while, unless it was cancelled until then. */
    private void moveOn(Parcel parcel) {
        Status next = next(parcel);
        if (next == null) {
            return;
        }
        Objects.requireNonNull(premises, "not open yet").vertx().setTimer(millisBefore(next), due -> {
            if (now.get(parcel.id()) == parcel && chronicle().isOpen()) {
                step(parcel.moved(next));
            }
        });
    }

    /** What follows by itself; null if nothing does. */
    private @Nullable Status next(Parcel parcel) {
        return switch (parcel.status()) {
            case ACCEPTED -> Status.IN_TRANSIT;
            case IN_TRANSIT -> {
                boolean isLost = faults.strikes(Fault.PARCEL_LOST, parcel.key());
                boolean isStopped = faults.strikes(Fault.PARCEL_STOPPED, parcel.key());
                yield isLost ? Status.LOST : isStopped ? Status.EXCEPTION : Status.OUT_FOR_DELIVERY;
            }
            case EXCEPTION -> Status.OUT_FOR_DELIVERY;
            case OUT_FOR_DELIVERY ->
                faults.strikes(Fault.PARCEL_RETURNED, parcel.key()) ? Status.RETURNING : Status.DELIVERED;
            case RETURNING -> Status.RETURNED;
            case DELIVERED, RETURNED, LOST, CANCELLED -> null;
        };
    }

    private long millisBefore(Status next) {
        return SandboxSettings.millis(
                switch (next) {
                    case ACCEPTED, CANCELLED -> Duration.ZERO;
                    case IN_TRANSIT -> pace.inTransitAfter();
                    case OUT_FOR_DELIVERY, EXCEPTION -> pace.outForDeliveryAfter();
                    case DELIVERED, RETURNING, RETURNED, LOST -> pace.deliveredAfter();
                });
    }

    private void step(Parcel moved) {
        apply(moved, null);
        chronicle()
                .record(moved.noted())
                .onSuccess(noted -> moveOn(moved))
                .onFailure(failed -> LOG.warn("sandbox parcel stands still until a restart id={}", moved.id()));
    }

    private Chronicle chronicle() {
        return Objects.requireNonNull(premises, "not open yet").chronicle();
    }

    private Desk desk() {
        return Objects.requireNonNull(premises, "not open yet").desk();
    }
}
