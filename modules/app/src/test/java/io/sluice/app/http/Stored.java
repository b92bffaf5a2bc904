package io.sluice.app.http;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What an order leaves in the databases the moment it is accepted. What becomes of it later, on its way to the customer, changes
 * none of these.
 *
 * @param available pieces of one product that are neither held nor sold
 * @param subjects persons: buyers, and recipients of gifts
 * @param keys of persons, in the database of keys
 */
record Stored(long orders, long answersKept, long subjects, long keys, long available) {

    /** @param keys the database of keys */
    static Stored in(Connection shop, Connection keys, String sku) throws SQLException {
        return new Stored(
                one(shop, "select count(*) from commerce.orders"),
                one(shop, "select count(*) from storage.idempotency"),
                one(shop, "select count(*) from stewardship.subject"),
                one(keys, "select count(*) from vault.subject_key"),
                one(shop, "select on_hand - reserved from commerce.stock where sku = ?", sku));
    }

    /** The same after one order for so many pieces. */
    Stored afterOneOrderOf(int pieces) {
        return new Stored(orders + 1, answersKept + 1, subjects, keys, available - pieces);
    }

    /** The same after somebody became known, with a key of their own. */
    Stored withOnePersonMore() {
        return new Stored(orders, answersKept, subjects + 1, keys + 1, available);
    }

    private static long one(Connection connection, String query, String... values) throws SQLException {
        return Long.parseLong(text(connection, query, values));
    }

    /** The one value that the query finds. */
    static String text(Connection connection, String query, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("no row for " + query);
                }
                return rows.getString(1);
            }
        }
    }
}
