package io.sluice.app.config;

/** A password, key or signing secret: prints as {@code •••}, so that no log line or problem can show it by accident. */
public record Secret(String reveal) {

    public Secret {
        if (reveal.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
    }

    @Override
    public String toString() {
        return "•••";
    }
}
