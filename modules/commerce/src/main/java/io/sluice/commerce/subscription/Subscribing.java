package io.sluice.commerce.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Bus;
import io.sluice.storage.Database;
import io.vertx.core.Deployable;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The room's part that tells subscribers, wired. */
public final class Subscribing {

    private Subscribing() {}

    /** What is to be deployed. */
    public static List<Deployable> verticles(
            Bus bus, Database database, SubscriptionSettings settings, InstantSource clock, MeterRegistry meters) {
        return List.of(
                new SubscriptionVerticle(bus, new SubscriptionStore(database, settings, clock)),
                new TellingVerticle(
                        bus,
                        new Feed(database, clock),
                        new TellingStore(database, clock),
                        new RetrySchedule(new SecureRandom()),
                        settings,
                        meters));
    }
}
