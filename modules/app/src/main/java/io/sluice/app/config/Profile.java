package io.sluice.app.config;

/** How much a node may make up by itself. */
public enum Profile {
    /** Embedded database, generated secrets and certificates, the published policy signing key. */
    DEVELOPMENT,
    /** Nothing is made up: what is missing stops the start. */
    PRODUCTION;

    public boolean isDevelopment() {
        return this == DEVELOPMENT;
    }
}
