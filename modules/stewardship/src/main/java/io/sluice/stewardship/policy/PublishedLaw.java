package io.sluice.stewardship.policy;

import java.time.Instant;

/**
 * A version of the law as everybody may read it, in force or not.
 *
 * @param text the file as it was written
 */
public record PublishedLaw(
        String version, Instant announcedAt, Instant effectiveAt, String text, LawSignature signature) {

    private static final String DRAFT = "-draft";

    /** Whether its text may still change: a released version never does. */
    public boolean isDraft() {
        return version.endsWith(DRAFT);
    }

    boolean isCalled(String name) {
        return version.equals(name);
    }

    /** Whether both are the same version in the same words, whoever signed them. */
    boolean saysTheSameAs(PublishedLaw other) {
        return isCalled(other.version) && text.equals(other.text);
    }
}
