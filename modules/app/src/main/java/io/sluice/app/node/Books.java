package io.sluice.app.node;

import io.sluice.ledger.LedgerFigures;
import io.sluice.ledger.Verdict;
import java.util.List;

/**
 * What the ledger says of this node's run, and what the guard counted meanwhile.
 *
 * @param figures of all leaves since the node's start
 * @param verdicts one for each shard of the ledger, whoever wrote it
 * @param deliveries with personal fields that the guard let through on this node
 * @param withheld deliveries whose use was logged and which then came to nothing, as a leaf of their refusal says
 */
public record Books(LedgerFigures figures, List<Verdict> verdicts, long deliveries, long withheld) {

    public Books {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether each use in the ledger was a delivery made, or was withheld (clause C2). */
    public boolean agree() {
        return figures.uses() == deliveries + withheld;
    }

    public boolean isSound() {
        return verdicts.stream().allMatch(Verdict.Sound.class::isInstance);
    }
}
