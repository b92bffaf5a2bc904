package io.sluice.commerce.shipping;

import io.sluice.commerce.api.CarrierCalls;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.FraudScreening;
import io.sluice.commerce.fraud.FraudRules;
import io.sluice.commerce.fraud.Suspicion;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.HoldReason;
import io.sluice.commerce.ordering.Order;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.step.NotYet;
import io.sluice.commerce.step.Step;
import io.sluice.commerce.step.StepExecutor;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Field;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands parcels to the carrier, and asks it for the truth. The address goes along as ciphertext; the carrier's side opens it. */
public final class ShippingSteps implements StepExecutor {

    private final Bus bus;
    private final FraudRules fraud;

    public ShippingSteps(Bus bus, FraudRules fraud) {
        this.bus = bus;
        this.fraud = fraud;
    }

    @Override
    public Set<Effect.Kind> kinds() {
        return EnumSet.of(Effect.Kind.DISPATCH, Effect.Kind.ASK_CARRIER);
    }

    @Override
    public Future<OrderCommand> execute(Step step) {
        Shipment shipment = step.order()
                .shipment(step.key().operation())
                .orElseThrow(() -> new IllegalStateException("a step without its shipment: " + step.key()));
        boolean isSettled =
                shipment.status() != ShipmentStatus.REQUESTED && shipment.status() != ShipmentStatus.UNKNOWN;
        if (isSettled) {
            return Future.succeededFuture(
                    new OrderCommand.RecordShipment(shipment.id(), shipment.status(), null, null, null));
        }
        if (step.key().kind() == Effect.Kind.ASK_CARRIER) {
            return look(step, shipment);
        }
        return step.mayHaveHappened()
                ? look(step, shipment)
                        .compose(said -> said instanceof OrderCommand.ResendShipment
                                ? sendOrHold(step, shipment)
                                : Future.succeededFuture(said))
                : sendOrHold(step, shipment);
    }

    /** What the carrier does not have stays here while its order is on hold. */
    private Future<OrderCommand> sendOrHold(Step step, Shipment shipment) {
        HoldReason hold = step.order().hold();
        return hold == null
                ? screened(step, shipment)
                : Future.succeededFuture(new OrderCommand.HoldShipment(shipment.id(), hold));
    }

    /** What a person has let go on is not looked at by rule again. */
    private Future<OrderCommand> screened(Step step, Shipment shipment) {
        Order order = step.order();
        if (fraud.isIdle() || order.isCleared()) {
            return send(step, shipment);
        }
        Parcel parcel = step.parcel().with(CommerceFields.ORDER_ID, order.id());
        if (fraud.looksAtCountry(order.total())) {
            parcel = parcel.withSealed(
                    CommerceFields.DELIVERY_COUNTRY, step.sealed().get(CommerceFields.DELIVERY_COUNTRY));
        }
        return bus.ask(FraudScreening.ADDRESS, parcel).compose(outcome -> switch (outcome) {
            case Outcome.Done<FraudScreening.Verdict> done ->
                done.value().isClear()
                        ? send(step, shipment)
                        : suspected(shipment, done.value().reason());
            case Outcome.Refused<FraudScreening.Verdict> refused ->
                refused.is(PrivacyRefusal.PURPOSE_NOT_PERMITTED)
                        ? suspected(shipment, Suspicion.OBJECTED.code())
                        : refused(shipment, refused);
        });
    }

    private static Future<OrderCommand> suspected(Shipment shipment, @Nullable String reason) {
        return Future.succeededFuture(new OrderCommand.HoldShipment(
                shipment.id(), HoldReason.FRAUD, reason == null ? HoldReason.FRAUD.name() : reason));
    }

    private Future<OrderCommand> send(Step step, Shipment shipment) {
        Parcel parcel = parcel(step, shipment);
        for (Field<String> field : CommerceFields.DELIVERY) {
            parcel = parcel.withSealed(field, step.sealed().get(field));
        }
        return bus.ask(CarrierCalls.DISPATCH, parcel).transform(asked -> {
            if (asked.failed()) {
                return asked.cause() instanceof Unavailable
                        ? Future.failedFuture(asked.cause())
                        : Future.succeededFuture(new OrderCommand.ShipmentSilent(shipment.id()));
            }
            return switch (asked.result()) {
                case Outcome.Done<CarrierCalls.Answer> done -> said(shipment, done.value());
                case Outcome.Refused<CarrierCalls.Answer> refused -> refused(shipment, refused);
            };
        });
    }

    /** Our own gate did not let the parcel out: nothing was disclosed. */
    private static Future<OrderCommand> refused(Shipment shipment, Outcome.Refused<?> refused) {
        if (PrivacyRefusal.isPassing(refused.code())) {
            return Future.failedFuture(new NotYet(refused.code()));
        }
        return Future.succeededFuture(new OrderCommand.HoldShipment(shipment.id(), reason(refused)));
    }

    private static HoldReason reason(Outcome.Refused<?> refused) {
        if (refused.is(PrivacyRefusal.AGREEMENT_NOT_VALID)) {
            return HoldReason.AGREEMENT;
        }
        if (refused.is(PrivacyRefusal.PURPOSE_NOT_PERMITTED) || refused.is(PrivacyRefusal.SUBJECT_ERASED)) {
            return HoldReason.CONSENT;
        }
        boolean hasNoAddress =
                refused.is(PrivacyRefusal.VIEW_INCOMPLETE) || refused.is(PrivacyRefusal.FIELD_NOT_OPENED);
        // whatever else the gate has against it, a person has to look
        return hasNoAddress ? HoldReason.ADDRESS : HoldReason.MANUAL;
    }

    private Future<OrderCommand> look(Step step, Shipment shipment) {
        return bus.ask(CarrierCalls.LOOKUP, parcel(step, shipment)).compose(outcome -> switch (outcome) {
            case Outcome.Done<CarrierCalls.Answer> done -> said(shipment, done.value());
            case Outcome.Refused<CarrierCalls.Answer> refused -> Future.failedFuture(new NotYet(refused.code()));
        });
    }

    private static Parcel parcel(Step step, Shipment shipment) {
        return step.parcel()
                .with(CommerceFields.OPERATION_ID, shipment.id())
                .with(CommerceFields.ORDER_ID, step.order().id());
    }

    private static Future<OrderCommand> said(Shipment shipment, CarrierCalls.Answer answer) {
        if ("absent".equals(answer.status())) {
            return Future.succeededFuture(new OrderCommand.ResendShipment(shipment.id()));
        }
        Optional<ShipmentStatus> status = status(answer.status());
        return status.isEmpty()
                ? Future.failedFuture(new NotYet("the carrier said something unknown"))
                : Future.succeededFuture(new OrderCommand.RecordShipment(
                        shipment.id(), status.get(), answer.reference(), answer.trackingNumber(), answer.reason()));
    }

    /** A carrier's word for a status; empty for one that we do not know. */
    static Optional<ShipmentStatus> status(String word) {
        return switch (word) {
            case "accepted" -> Optional.of(ShipmentStatus.ACCEPTED);
            case "in_transit" -> Optional.of(ShipmentStatus.IN_TRANSIT);
            case "out_for_delivery" -> Optional.of(ShipmentStatus.OUT_FOR_DELIVERY);
            case "delivered" -> Optional.of(ShipmentStatus.DELIVERED);
            case "exception" -> Optional.of(ShipmentStatus.EXCEPTION);
            case "returning" -> Optional.of(ShipmentStatus.RETURNING);
            case "returned" -> Optional.of(ShipmentStatus.RETURNED);
            case "lost" -> Optional.of(ShipmentStatus.LOST);
            case "refused", "cancelled" -> Optional.of(ShipmentStatus.CANCELLED);
            default -> Optional.empty();
        };
    }
}
