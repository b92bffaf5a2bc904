package io.sluice.app.canary;

/** A way out of a node, or a place where something of it rests. */
enum Sink {
    ANSWERS("HTTP answers", "status 2xx and 3xx, but for staff's: headers and bodies, server-sent events"),
    STAFF("staff's answers", "the same where staff look at orders: values masked as the law says"),
    PROBLEMS("HTTP problems", "status 4xx and 5xx: headers and bodies"),
    LOG("log", "standard output and error of the node, its own loggers at their most talkative"),
    METRICS("metrics and health", "what the management port says"),
    PROVIDER_WIRE("provider, wire", "every byte that the node sent to the payment provider"),
    CARRIER_WIRE("carrier, wire", "every byte that the node sent to the carrier"),
    MERCHANT_WIRE("merchant, wire", "every byte that the node sent to a system of the merchant's"),
    PROVIDER_BOOK("provider, book", "what the payment provider has written down"),
    CARRIER_BOOK("carrier, book", "what the carrier has written down"),
    LEDGER("ledger", "tables of the ledger"),
    STEPS("steps", "commerce.step"),
    INBOX("inbox", "commerce.inbox"),
    KEPT_ANSWERS("kept answers", "storage.idempotency"),
    ROWS("other tables", "every other table of both databases, catalogues, statistics and TOAST among them"),
    DATA_FILES("server's files", "heap, TOAST, index, WAL, temporary and log files of the database server"),
    BACKUP("base backup", "the same as a base backup takes it"),
    NODE_FILES("node's files", "data directory without the database server"),
    HEAP("heap", "heap dump of the idle node"),
    OFF_HEAP("native memory", "memory of the idle node's process beside the Java heap: direct buffers, arenas, stacks");

    private final String title;
    private final String what;

    Sink(String title, String what) {
        this.title = title;
        this.what = what;
    }

    String title() {
        return title;
    }

    String what() {
        return what;
    }
}
