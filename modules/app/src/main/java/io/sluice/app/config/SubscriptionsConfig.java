package io.sluice.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the merchant's own systems are told of orders.
 *
 * @param timeout how long one call may take
 * @param inFlight calls that a node has under way at once
 * @param sweepEvery how often a node looks for what is to be told
 * @param most how many subscriptions there may be
 * @param secretOverlap how long a secret signs on beside the one that follows it
 * @param privateAddresses whether receivers may be on this machine and in private networks, and without TLS; in development only
 * @param ca PEM text of who signed receivers' certificates; empty: whoever Java trusts
 */
public record SubscriptionsConfig(
        Duration timeout,
        int inFlight,
        Duration sweepEvery,
        int most,
        Duration secretOverlap,
        boolean privateAddresses,
        Optional<String> ca) {

    public SubscriptionsConfig {
        Values.positive("subscriptions.timeout", timeout);
        Values.positive("subscriptions.sweep_every", sweepEvery);
        Values.positive("subscriptions.secret_overlap", secretOverlap);
    }

    static SubscriptionsConfig read(Section section) {
        boolean isDevelopment = section.profile().isDevelopment();
        boolean privateAddresses = section.flag("private_addresses", isDevelopment);
        if (privateAddresses && !isDevelopment) {
            section.problem(
                    "private_addresses",
                    "is for development: elsewhere nobody may have this machine call its neighbours");
        }
        return new SubscriptionsConfig(
                section.duration("timeout", Duration.ofSeconds(15)),
                section.number("in_flight", 32, 1, 10_000),
                section.duration("sweep_every", Duration.ofSeconds(1)),
                section.number("most", 100, 1, 10_000),
                section.duration("secret_overlap", Duration.ofDays(1)),
                privateAddresses,
                section.text("ca"));
    }
}
