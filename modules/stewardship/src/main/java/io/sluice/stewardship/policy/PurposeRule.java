package io.sluice.stewardship.policy;

import io.sluice.kernel.Level;
import java.util.Map;

/**
 * What the law says of one purpose.
 *
 * @param fideslang data use of the fideslang taxonomy
 * @param dpv purpose of the W3C Data Privacy Vocabulary
 * @param admits which kinds of personal fields may serve the purpose, and each up to which level
 */
public record PurposeRule(Basis basis, String fideslang, String dpv, Map<Category, Level> admits) {

    public PurposeRule {
        admits = Map.copyOf(admits);
    }

    boolean admits(Category category, Level level) {
        Level highest = admits.get(category);
        return highest != null && level.compareTo(highest) <= 0;
    }
}
