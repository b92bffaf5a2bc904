package io.sluice.app.config;

/** What a node does for the others. */
public enum NodeRole {
    /** Answers HTTP. */
    GATEWAY,
    /** Carries out steps: payments, parcels, notices. */
    WORKER
}
