package io.sluice.app.certificates;

import java.util.Locale;

/** Who gets a certificate in development. */
public enum Bearer {
    /** The API, health and metrics, and the sandbox partners: all that speaks HTTP. */
    API(Use.SERVERS),
    POSTGRESQL(Use.SERVERS),
    /** A node of a cluster that is configured by hand; those of one data directory make theirs in memory. */
    NODE(Use.NODES);

    private final Use use;

    Bearer(Use use) {
        this.use = use;
    }

    public Use use() {
        return use;
    }

    /** The name of its folder. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
