package io.sluice.gateway.subscription;

import java.time.Duration;
import java.util.Optional;

/**
 * How receivers are called.
 *
 * @param isPrivateAllowed whether they may be on this machine and in private networks, and without TLS; in development only
 * @param ca PEM text of who signed their certificates; empty: whoever Java trusts
 * @param timeout how long one call may take, from looking up the name to the answer's head
 * @param maxInFlight calls at a time
 */
public record ReceiverSettings(boolean isPrivateAllowed, Optional<String> ca, Duration timeout, int maxInFlight) {

    public ReceiverSettings {
        if (!timeout.isPositive() || maxInFlight < 1) {
            throw new IllegalArgumentException("time-out and limit of receivers must be positive");
        }
    }
}
