package io.sluice.kernel;

import java.util.Optional;
import java.util.Set;

/**
 * What the handler at one address may see, for one purpose, and what its asker may see of the answer. The law has exactly
 * one for each address.
 *
 * @param partner the outside party behind the address; its agreement must be valid for a delivery to happen
 * @param display there if the answer is a display to staff: what it opens reaches the asker masked (clause B7)
 */
public record Contract(
        String address,
        Purpose purpose,
        Wants request,
        Wants reply,
        Logging logging,
        Optional<String> partner,
        Optional<Display> display) {

    /** When the use leaf must be durable. */
    public enum Logging {
        /** Before the handler runs. Always so for partners. */
        BEFORE,
        /**
         * The same, and also if no personal field is granted: what goes to a partner here tells of the acting person by itself, who
         * must permit it, and it counts as a disclosure.
         */
        ALWAYS,
        /** In the one transaction that is the handler's only output (clause C2). */
        RIDES
    }

    public Contract {
        if (partner.isPresent() && logging == Logging.RIDES) {
            throw new IllegalArgumentException(address + ": a disclosure is logged before it is made");
        }
        if (partner.isEmpty() && logging == Logging.ALWAYS) {
            throw new IllegalArgumentException(address + ": only what goes to a partner tells of somebody by itself");
        }
    }

    /** Whose answer is no display: its asker gets what it opens in full. */
    public Contract(
            String address, Purpose purpose, Wants request, Wants reply, Logging logging, Optional<String> partner) {
        this(address, purpose, request, reply, logging, partner, Optional.empty());
    }

    /** The roles that see its answer; none if it is no display. */
    public Set<Role> shownTo() {
        return display.map(Display::shownTo).orElse(Set.of());
    }

    /** Whether a message of that direction tells a partner of the acting person, whatever fields are granted. */
    public boolean tells(boolean isReply) {
        return logging == Logging.ALWAYS && !isReply;
    }

    /** The side that a message of that direction is held against. */
    public Wants side(boolean isReply) {
        return isReply ? reply : request;
    }
}
