package io.sluice.kernel;

/**
 * What the code at one address declares: its purpose, the fields it wants, in the request and in the answer, and where its
 * effect goes.
 */
public record Declared(String address, Purpose purpose, Wants request, Wants reply, Effect effect) {

    /** Where the effect of a handler goes; the law's contract has to treat it so. */
    public enum Effect {
        /** It stays in the house. */
        INSIDE,
        /** It is one transaction, in which the handler commits its leaf as well. */
        ONE_TRANSACTION,
        /** It goes to a partner, who then knows what the view holds. */
        OUTSIDE
    }
}
