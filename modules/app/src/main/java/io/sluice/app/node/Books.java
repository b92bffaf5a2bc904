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
 */
public record Books(LedgerFigures figures, List<Verdict> verdicts, long deliveries) {

    public Books {
        verdicts = List.copyOf(verdicts);
    }

    public boolean isSound() {
        return verdicts.stream().allMatch(Verdict.Sound.class::isInstance);
    }
}
