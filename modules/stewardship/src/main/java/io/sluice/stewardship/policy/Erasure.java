package io.sluice.stewardship.policy;

import io.sluice.kernel.Field;
import java.util.List;
import java.util.Map;

/**
 * How a person is erased, and what the law keeps of them (clause D4).
 *
 * @param steps in the order in which they are taken, each once
 * @param holds by the reason for keeping something
 */
public record Erasure(List<Step> steps, Map<String, HoldRule> holds) {

    public Erasure {
        steps = List.copyOf(steps);
        holds = Map.copyOf(holds);
    }

    /** Whether there is any reason for which this field may be kept. */
    public boolean keeps(Field<?> field) {
        return holds.values().stream().anyMatch(hold -> hold.fields().contains(field));
    }

    /** What is done to erase a person. */
    public enum Step {
        /** Nobody signs in any more. */
        CLOSE_ACCOUNT,
        END_SESSIONS,
        /** Open orders come to their end, or are cancelled, as the person says. */
        SETTLE_ORDERS,
        /** Whoever was given something, by the ledger, is told to erase it. */
        NOTIFY_RECIPIENTS,
        /** What is kept is sealed anew under a key for its reason and its end. */
        HOLD,
        /** The person's key, and whatever else leads back to them, is destroyed. */
        SHRED
    }
}
