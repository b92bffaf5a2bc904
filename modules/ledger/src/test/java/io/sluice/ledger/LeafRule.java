package io.sluice.ledger;

/** The rules by which every effect has its leaf, once: each can be left out, to see that it is missed. */
enum LeafRule {
    /** {@code Lane.write}: the leaf is written in the effect's own transaction. Without: afterwards, by itself. */
    RIDES_WITH_THE_EFFECT,
    /** {@code Serving.logged}: nobody is answered before the leaf is durable. */
    SETTLED_BEFORE_THE_ANSWER,
    /** {@code Serving.logged}: the very leaf that was to ride is settled, with its doubts. Without: one that says the same. */
    THE_VERY_LEAF_IS_SETTLED,
    /** {@code LeafBatch}: leaves in doubt are written only if no batch in doubt is there. */
    LOOKED_FOR_WHILE_IN_DOUBT,
    /** {@code PendingLeaf.giveBack}: a second loss does not make the first forgotten. */
    EVERY_DOUBT_IS_KEPT,
    /** {@code LeafBatch.locks}: whoever is in doubt waits until the lost transaction has ended. */
    LOST_ONES_ARE_WAITED_FOR,
    /** {@code ledger.given_up} and its trigger: a batch whose leaves were written elsewhere cannot come later. */
    GIVEN_UP_STAYS_GIVEN_UP,
    /** {@code ConsentFence}: an effect is not committed by what a person has taken away since. */
    FENCE,
    /** {@code PendingLeaf.take}: what is durable is not taken along again. Who waits for their commit can do without. */
    A_DURABLE_LEAF_IS_NOT_TAKEN,
    /** {@code PendingLeaf.delivered}: a settled leaf takes no fence away from its effect. The same can do without. */
    SETTLING_LIFTS_NO_FENCE
}
