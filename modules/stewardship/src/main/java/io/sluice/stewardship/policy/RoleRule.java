package io.sluice.stewardship.policy;

import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Purpose;
import java.util.Set;

/** For which purposes a role works, and which personal fields it sees masked or plain. What is not listed is not seen. */
public record RoleRule(Set<Purpose> purposes, FieldSet masked, FieldSet plain) {

    public RoleRule {
        purposes = Set.copyOf(purposes);
    }
}
