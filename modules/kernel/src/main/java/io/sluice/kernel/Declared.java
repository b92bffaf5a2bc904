package io.sluice.kernel;

import java.util.Set;

/**
 * What the code at one address declares: its purpose, the fields it wants, in the request and in the answer, and where its
 * effect goes.
 *
 * @param shownTo the roles that see what the answer opens, masked; none if the answer is no display
 */
public record Declared(String address, Purpose purpose, Wants request, Wants reply, Effect effect, Set<Role> shownTo) {

    public Declared {
        shownTo = Set.copyOf(shownTo);
    }

    /** Whose answer is no display. */
    public Declared(String address, Purpose purpose, Wants request, Wants reply, Effect effect) {
        this(address, purpose, request, reply, effect, Set.of());
    }

    /** Where the effect of a handler goes; the law's contract has to treat it so. */
    public enum Effect {
        /** It stays in the house. */
        INSIDE,
        /** It is one transaction, in which the handler commits its leaf as well. */
        ONE_TRANSACTION,
        /** It goes to a partner, who then knows what the view holds. */
        OUTSIDE,
        /**
         * It goes to a partner as well, and that it goes tells of the persons concerned, whatever the view holds: an order's id
         * and state say nothing personal and are about somebody all the same.
         */
        TELLING;

        /** Whether a partner is behind it. */
        public boolean isOutside() {
            return this == OUTSIDE || this == TELLING;
        }
    }
}
