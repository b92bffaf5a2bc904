package io.sluice.ledger;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How many leaves there are, counted from their very bytes.
 *
 * @param uses deliveries made, disclosures included
 * @param disclosures by partner
 * @param refusals by reason
 */
public record LedgerFigures(long uses, SortedMap<String, Long> disclosures, SortedMap<String, Long> refusals) {

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    public LedgerFigures {
        disclosures = Collections.unmodifiableSortedMap(new TreeMap<>(disclosures));
        refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
    }

    /** Counts the leaves since then, page by page. It reads them all: for a report, not for every request. */
    public static Future<LedgerFigures> since(Database database, Instant from) {
        Counts counts = new Counts();
        return LeafPages.read(database, from, END, counts).map(read -> counts.figures());
    }

    private static final class Counts implements Consumer<JsonObject> {
        private final SortedMap<String, Long> disclosures = new TreeMap<>();
        private final SortedMap<String, Long> refusals = new TreeMap<>();
        private long uses;

        @Override
        public void accept(JsonObject leaf) {
            LeafKind kind = LeafKind.named(leaf.getString("kind"));
            if (kind == LeafKind.REFUSAL) {
                refusals.merge(leaf.getString("decision"), 1L, Long::sum);
                return;
            }
            uses++;
            if (kind == LeafKind.DISCLOSURE) {
                disclosures.merge(leaf.getString("receiver"), 1L, Long::sum);
            }
        }

        LedgerFigures figures() {
            return new LedgerFigures(uses, disclosures, refusals);
        }
    }
}
