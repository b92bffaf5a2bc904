package io.sluice.gateway.partner;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a partner is called.
 *
 * @param name for counters and log lines, such as {@code sandbox-provider}
 * @param base scheme, host and port of its API
 * @param ca PEM text of who signed its certificate; empty: whoever Java trusts
 * @param apiKey what we show to it
 * @param timeout how long one call may take, from asking for a connection to the answer's last byte; the asker's own must be
 *     longer
 * @param maxInFlight calls at a time, per instance of the adapter
 * @param maxWaiting calls that may wait for one of those to end
 */
public record PartnerSettings(
        String name, URI base, Optional<String> ca, String apiKey, Duration timeout, int maxInFlight, int maxWaiting) {

    public PartnerSettings {
        if (base.getHost() == null || base.getScheme() == null) {
            throw new IllegalArgumentException(name + ": the base must have a scheme and a host");
        }
        if (apiKey.isBlank()) {
            throw new IllegalArgumentException(name + ": an API key is needed");
        }
        if (!timeout.isPositive() || maxInFlight < 1 || maxWaiting < 0) {
            throw new IllegalArgumentException(name + ": time-out and limits must be positive");
        }
    }

    /** Sixty-four calls at a time, and a queue of two thousand. */
    public static PartnerSettings of(String name, URI base, Optional<String> ca, String apiKey, Duration timeout) {
        return new PartnerSettings(name, base, ca, apiKey, timeout, 64, 2000);
    }

    @Override
    public String toString() {
        return "PartnerSettings[" + name + "]";
    }
}
