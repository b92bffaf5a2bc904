package io.sluice.stewardship.policy;

import java.time.Instant;

/**
 * A version of the law as everybody may read it, in force or not.
 *
 * @param text the file as it was written
 */
public record PublishedLaw(
        String version, Instant announcedAt, Instant effectiveAt, String text, LawSignature signature) {}
