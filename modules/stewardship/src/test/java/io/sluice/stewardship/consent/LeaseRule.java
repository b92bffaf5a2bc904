package io.sluice.stewardship.consent;

/** The rules that keep a withdrawal's promise, one by one: each can be left out, to see that it is missed. */
enum LeaseRule {
    /** {@code LeasedSnapshots.load}: a lease counts from the question, not from its answer. */
    LEASE_FROM_QUESTION,
    /** {@code LeasedSnapshots.load}: what was asked for before a drop is not kept. */
    LOADS_OLDER_THAN_A_DROP_ARE_NOT_KEPT,
    /** No drop comes between the comparison that the rule above makes, and the keeping. A withdrawal can do without. */
    COMPARED_AND_KEPT_AT_ONCE,
    /** {@code Subjects.change}: the node's own snapshots are dropped once the change is committed, not before. */
    DROP_AFTER_COMMIT,
    /** {@code Subjects.takenEffect}: the answer waits for the lease, and for what clocks may differ by. */
    WAIT_FOR_LEASE,
    WAIT_FOR_DRIFT,
    /** {@code ConsentFence}: the decision's version is held against the row in the effect's own transaction. */
    FENCE,
    /** {@code require_standing}: under the shared side of the lock that the change has alone. */
    FENCE_UNDER_LOCK,
    /** {@code require_standing} is volatile: it compares by what is committed once it has the lock. */
    FENCE_SEES_WHAT_THE_LOCK_WAITED_FOR,
    /** {@code Permit.redeem}: the vault looks at the lease right before it opens. */
    LOOK_AT_OPENING,
    /** {@code PartnerClient.sent}: the client looks at the lease right before the bytes leave. */
    LOOK_BEFORE_EGRESS,
    /** A node does not stand still between a look and what it is for. Nothing can promise that. */
    LOOK_AND_ACT_AT_ONCE,
    /** The clock that leases count by goes on while its machine sleeps. {@code System.nanoTime} does not: see the test. */
    CLOCK_GOES_ON_IN_SLEEP
}
