package io.sluice.load;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Holds what the node has answered against what is in its database. */
final class OrderCheck {

    private static final int PORTION = 20_000;

    private final Server server;
    private final String database;

    OrderCheck(Server server, String database) {
        this.server = server;
        this.database = database;
    }

    /** What is wrong; nothing if all is well. @param accepted every order that was answered 201 */
    List<String> findings(List<UUID> accepted) throws SQLException {
        List<String> findings = new ArrayList<>();
        long rows = rows(accepted);
        if (rows != accepted.size()) {
            findings.add(accepted.size() + " orders were answered 201, and " + rows + " of them are in the database");
        }
        long all = server.count(database, "select count(*) from commerce.orders");
        if (all != accepted.size()) {
            findings.add(all + " orders are in the database, and " + accepted.size() + " were answered 201");
        }
        long negative =
                server.count(database, "select count(*) from commerce.stock where reserved < 0 or on_hand < reserved");
        if (negative != 0) {
            findings.add(negative + " SKUs are oversold");
        }
        // what is held is reserved, what has gone out is no more on hand; nothing else takes from a shelf
        long wrong = server.count(database, """
                with line as (
                    select l ->> 'sku' as sku, (l ->> 'quantity')::bigint as pieces
                    from commerce.orders o, jsonb_array_elements(o.document -> 'lines') as l
                    union all
                    select l ->> 'sku', -(l ->> 'quantity')::bigint
                    from commerce.orders o, jsonb_array_elements(o.document -> 'released') as l),
                sold as (select sku, sum(pieces) as pieces from line group by 1)
                select count(*) from commerce.stock s left join sold on sold.sku = s.sku
                where s.sku like 'SKU-%%' and coalesce(sold.pieces, 0) <> s.reserved + %d - s.on_hand""".formatted(Seeding.ON_HAND));
        if (wrong != 0) {
            findings.add("the stock of " + wrong + " SKUs differs from the lines of their orders");
        }
        return findings;
    }

    private long rows(List<UUID> accepted) throws SQLException {
        long rows = 0;
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement("""
                        select count(distinct o.id) from commerce.orders o join unnest(?::uuid[]) as a on a = o.id""")) {
            for (int from = 0; from < accepted.size(); from += PORTION) {
                List<UUID> portion = accepted.subList(from, Math.min(accepted.size(), from + PORTION));
                Array ids = connection.createArrayOf("uuid", portion.toArray());
                statement.setArray(1, ids);
                try (ResultSet found = statement.executeQuery()) {
                    rows += found.next() ? found.getLong(1) : 0;
                }
            }
        }
        return rows;
    }
}
