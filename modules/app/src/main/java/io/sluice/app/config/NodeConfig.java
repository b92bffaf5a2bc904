package io.sluice.app.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * This process among its likes.
 *
 * @param stopTimeout how long a stop waits for work in hand
 */
public record NodeConfig(Set<NodeRole> roles, Duration stopTimeout) {

    public NodeConfig {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("node.roles is empty: a node without a role does nothing");
        }
        Values.positive("node.stop_timeout", stopTimeout);
    }

    static NodeConfig read(Section section) {
        return new NodeConfig(
                section.someOf("roles", NodeRole.class, EnumSet.allOf(NodeRole.class)),
                section.duration("stop_timeout", Duration.ofSeconds(20)));
    }
}
