package io.sluice.ledger;

/** The rules by which nothing is opened once a key is shredded: each can be left out, to see that it is missed. */
enum ShredRule {
    /** {@code Gate.decided}: the leaf is durable before anything is opened. */
    LEAF_BEFORE_OPENING,
    /** {@code ShredWatch.ask}: what is kept may be used for a lease from the question who was shredded, not from its answer. */
    LEASE_FROM_QUESTION,
    /** {@code ShredWatch.heard}: what was shredded is forgotten before the lease of all the rest is extended. */
    FORGOTTEN_BEFORE_EXTENDED,
    /** {@code SubjectKeys.of}: how long a key may be used is asked before the key is looked for. */
    LEASE_BEFORE_KEY,
    /** {@code SubjectKeys.keep}: what was loaded is not kept if anything was forgotten since it was asked for. */
    KEPT_UNLESS_FORGOTTEN,
    /** Nobody finds a key that is kept before the rule above has had its say. */
    KEPT_AND_COMPARED_AT_ONCE,
    /** {@code Vault.inTime}: the lease is looked at right before the key is used. */
    LOOK_AT_OPENING,
    /** {@code ShredWatch.elsewhereForgotten}: shredding returns after a lease, and what clocks may differ by. */
    WAIT_FOR_LEASE,
    WAIT_FOR_DRIFT
}
