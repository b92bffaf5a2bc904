package io.sluice.kernel;

/** How much a field can tell about a person. Everything above {@link #P0} travels and rests as ciphertext only. */
public enum Level {
    /** Operational: says nothing about a person by itself (ids, amounts, states, SKUs). */
    P0,
    /** Coarse: narrows a person down (country, locale). */
    P1,
    /** Identifying: name, address, e-mail, phone. */
    P2,
    /** Most sensitive: credentials, means of payment. Revealing one to staff needs a second person. */
    P3;

    public boolean isPersonal() {
        return this != P0;
    }
}
