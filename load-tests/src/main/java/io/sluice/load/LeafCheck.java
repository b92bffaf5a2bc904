package io.sluice.load;

import java.sql.SQLException;
import java.util.List;

/** Holds a node's ledger against the orders that it accepted: whether it enforced what it was to enforce, or did not at all. */
final class LeafCheck {

    private final Server server;
    private final String database;

    LeafCheck(Server server, String database) {
        this.server = server;
        this.database = database;
    }

    /** What is wrong with a node that enforces: every accepted order has its leaf, and no order has two. */
    List<String> findingsOfEnforcement(long accepted) throws SQLException {
        long leaves = server.count(database, """
                select count(*) from ledger.leaf where convert_from(bytes, 'UTF8') like
                    '%"contract":"order.place"%"kind":"use"%'""");
        return leaves == accepted
                ? List.of()
                : List.of("the node that enforces accepted " + accepted + " orders and has leaves of " + leaves);
    }

    /** What is wrong with a node that lets everything pass: it has no leaf of anything. */
    List<String> findingsOfPassThrough() throws SQLException {
        long leaves = server.count(database, "select count(*) from ledger.leaf");
        return leaves == 0 ? List.of() : List.of("the node behind an open gate has written " + leaves + " leaves");
    }
}
