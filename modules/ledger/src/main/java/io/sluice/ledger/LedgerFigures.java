package io.sluice.ledger;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many leaves there are, counted from their very bytes.
 *
 * @param uses deliveries made, disclosures included
 * @param disclosures by partner
 * @param refusals by reason
 */
public record LedgerFigures(long uses, SortedMap<String, Long> disclosures, SortedMap<String, Long> refusals) {

    public LedgerFigures {
        disclosures = Collections.unmodifiableSortedMap(new TreeMap<>(disclosures));
        refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
    }

    /** Counts the leaves of uses since then. It reads them all: for a page or a report, not for every request. */
    public static Future<LedgerFigures> since(Database database, Instant from) {
        return database.query("""
                        select leaf ->> 'kind' as kind,
                               case leaf ->> 'kind' when 'refusal' then leaf ->> 'decision' else leaf ->> 'receiver' end,
                               count(*)
                        from (select convert_from(bytes, 'UTF8')::jsonb as leaf from ledger.leaf where at >= $1) l
                        group by 1, 2""", Tuple.of(from.atOffset(ZoneOffset.UTC))).map(rows -> {
            long uses = 0;
            SortedMap<String, Long> disclosures = new TreeMap<>();
            SortedMap<String, Long> refusals = new TreeMap<>();
            for (Row row : rows) {
                LeafKind kind = LeafKind.named(row.getString(0));
                if (kind == LeafKind.REFUSAL) {
                    refusals.put(row.getString(1), row.getLong(2));
                } else {
                    uses += row.getLong(2);
                }
                if (kind == LeafKind.DISCLOSURE) {
                    disclosures.put(row.getString(1), row.getLong(2));
                }
            }
            return new LedgerFigures(uses, disclosures, refusals);
        });
    }
}
