package io.sluice.gateway.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.commerce.api.MerchantCalls.Notice;
import io.sluice.gateway.subscription.Receivers.Heard;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves {@code merchant.notify}: signs a notice and takes it to its receiver, once. */
public final class MerchantVerticle extends VerticleBase {

    private final Bus bus;
    private final ReceiverSettings settings;
    private final SubscriptionSecrets secrets;
    private final Function<Vertx, HostNames> names;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private @Nullable Receivers receivers;

    /** @param names where receivers' names lead to */
    public MerchantVerticle(
            Bus bus,
            ReceiverSettings settings,
            SubscriptionSecrets secrets,
            Function<Vertx, HostNames> names,
            InstantSource clock,
            MeterRegistry meters) {
        this.bus = bus;
        this.settings = settings;
        this.secrets = secrets;
        this.names = names;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Receivers all = new Receivers(vertx, names.apply(vertx), settings);
        receivers = all;
        return bus.serve(MerchantCalls.NOTIFY, delivery -> told(all, delivery));
    }

    @Override
    public Future<?> stop() {
        if (receivers != null) {
            receivers.close();
        }
        return Future.succeededFuture();
    }

    private Future<Outcome<Parcel>> told(Receivers all, Delivery<Notice> delivery) {
        Notice notice = delivery.view();
        ReceiverUrl url;
        try {
            url = ReceiverUrl.of(notice.to().url(), settings.isPrivateAllowed());
        } catch (ReceiverUrl.Unfit notAnyMore) {
            // what was allowed when it was given may not be today
            return Future.succeededFuture(said("failed", "address-not-allowed"));
        }
        SignedNotice signed = SignedNotice.of(notice, secrets.signing(notice.to(), clock.instant()), clock.instant());
        Timer.Sample began = Timer.start(meters);
        return all.post(delivery, url, signed).map(heard -> {
            Outcome<Parcel> said = switch (heard) {
                case Heard.Status status -> said(status.code());
                case Heard.Nothing nothing -> said("failed", nothing.reason());
            };
            began.stop(meters.timer("sluice.receiver.calls", "result", result(heard)));
            return said;
        });
    }

    private static String result(Heard heard) {
        return heard instanceof Heard.Status status ? status.code() / 100 + "xx" : "silent";
    }

    private static Outcome<Parcel> said(int status) {
        if (status / 100 == 2) {
            return said("delivered", null);
        }
        return switch (status) {
            case 410 -> said("gone", "status-410");
            case 429, 502, 503, 504 -> said("busy", "status-" + status);
            default -> said("failed", "status-" + status);
        };
    }

    private static Outcome<Parcel> said(String status, @Nullable String reason) {
        return Outcome.done(Parcel.plain().with(CommerceFields.STATUS, status).with(CommerceFields.REASON, reason));
    }
}
