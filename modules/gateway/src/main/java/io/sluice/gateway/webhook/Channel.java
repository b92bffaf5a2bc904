package io.sluice.gateway.webhook;

import java.util.Set;

/** What callbacks can be about; each has an endpoint of its own. */
public enum Channel {
    PAYMENTS("payments", Set.of("authorisation", "capture", "void", "refund", "chargeback")),
    CARRIERS("carriers", Set.of("shipment"));

    private final String path;
    private final Set<String> kinds;

    Channel(String path, Set<String> kinds) {
        this.path = path;
        this.kinds = kinds;
    }

    /** Its segment of the endpoint's path. */
    String path() {
        return path;
    }

    /** Whether a kind such as {@code capture.succeeded} is one of its own: what comes before the first dot tells. */
    public boolean takes(String kind) {
        int dot = kind.indexOf('.');
        return kinds.contains(dot < 0 ? kind : kind.substring(0, dot));
    }
}
