package io.sluice.load;

import java.sql.SQLException;
import java.util.Map;

/**
 * What an order of the product looks like at rest, taken from orders that it has just accepted, so that the baseline writes as
 * much.
 *
 * @param document one order's JSON
 */
record OrderWidths(String document, long sealed, long outcome, long leaf) {

    static OrderWidths measured(Server server) throws SQLException {
        String document = server.value(Server.DATA, """
                select document from commerce.orders order by (state = 'PLACED') desc, id desc limit 1""");
        if (document.isEmpty()) {
            throw new BenchFailed("no order was accepted, to take its widths from");
        }
        return new OrderWidths(
                document,
                server.count(Server.DATA, "select avg(length(sealed))::bigint from commerce.orders"),
                server.count(Server.DATA, "select avg(length(outcome))::bigint from storage.idempotency"),
                server.count(
                        Server.DATA,
                        "select avg(length(bytes))::bigint from ledger.leaf where convert_from(bytes, 'UTF8') like"
                                + " '%\"contract\":\"order.place\"%'"));
    }

    Map<String, String> variables() {
        return Map.of(
                "document", document,
                "sealed_bytes", Long.toString(sealed),
                "outcome_bytes", Long.toString(outcome),
                "leaf_bytes", Long.toString(leaf));
    }

    @Override
    public String toString() {
        return "document " + document.length() + ", sealed " + sealed + ", answer " + outcome + ", leaf " + leaf
                + " bytes";
    }
}
