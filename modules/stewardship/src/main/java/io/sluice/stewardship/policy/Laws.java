package io.sluice.stewardship.policy;

import java.util.List;

/**
 * The law as it stands: what is in force and what is to come, and every version that ever was.
 *
 * @param inForce the version that took effect last
 * @param announced those that will take effect, the next one first
 * @param published every version, the oldest first
 */
public record Laws(Law inForce, List<Law> announced, List<PublishedLaw> published) {

    public Laws {
        announced = List.copyOf(announced);
        published = List.copyOf(published);
    }
}
