package io.sluice.app.config;

/**
 * One thing wrong with the configuration.
 *
 * @param where the key or variable, and where it was given
 * @param what what is wrong and what to do; never the value of a secret
 */
public record Problem(String where, String what) {

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
