package io.sluice.stewardship.policy;

import io.sluice.kernel.Mask;
import java.util.Optional;

/**
 * What the law says of one field beyond what the code must know.
 *
 * @param fideslang data category of the fideslang taxonomy
 * @param dpv term of the W3C Data Privacy Vocabulary
 * @param retention name of a {@link RetentionRule}; there for every personal field
 * @param mask there for every field of level P2 and P3
 */
public record FieldRule(
        Category category, String fideslang, String dpv, Optional<String> retention, Optional<Mask> mask) {}
