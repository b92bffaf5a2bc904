package io.sluice.kernel;

import java.util.Optional;

/**
 * What the handler at one address may see, for one purpose, and what its asker may see of the answer. The law has exactly
 * one for each address.
 *
 * @param partner the outside party behind the address; its agreement must be valid for a delivery to happen
 */
public record Contract(
        String address, Purpose purpose, Wants request, Wants reply, Logging logging, Optional<String> partner) {

    /** When the use leaf must be durable. */
    public enum Logging {
        /** Before the handler runs. Always so for partners. */
        BEFORE,
        /** In the one transaction that is the handler's only output (clause C2). */
        RIDES
    }

    public Contract {
        if (partner.isPresent() && logging != Logging.BEFORE) {
            throw new IllegalArgumentException(address + ": a disclosure is logged before it is made");
        }
    }

    /** The side that a message of that direction is held against. */
    public Wants side(boolean isReply) {
        return isReply ? reply : request;
    }
}
