package io.sluice.stewardship.policy;

import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.time.Period;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One version of the law, as read and found whole: what the kernel decides by, and the rules around it.
 *
 * @param leastNotice how long before it takes effect a version is announced at the latest
 * @param acknowledged what this version widens of the one before, by name, as its authors say
 * @param vocabulary the versions of the vocabularies whose terms the rules use
 * @param purposes every purpose has a rule
 * @param fields by field name; every catalogued field has a rule
 * @param clocks deadlines, by jurisdiction
 * @param text the file as it was written, for whoever wants to read the law
 */
public record Law(
        Policy policy,
        Period leastNotice,
        Set<String> acknowledged,
        Map<String, String> vocabulary,
        Map<Purpose, PurposeRule> purposes,
        Map<String, FieldRule> fields,
        Map<Role, RoleRule> roles,
        Map<String, RetentionRule> retention,
        Map<String, Jurisdiction> clocks,
        Erasure erasure,
        String text) {

    public Law {
        acknowledged = Set.copyOf(acknowledged);
        vocabulary = Map.copyOf(vocabulary);
        purposes = Map.copyOf(purposes);
        fields = Map.copyOf(fields);
        roles = Map.copyOf(roles);
        retention = Map.copyOf(retention);
        clocks = Map.copyOf(clocks);
    }

    public String version() {
        return policy.version();
    }

    public PurposeRule rule(Purpose purpose) {
        return Objects.requireNonNull(purposes.get(purpose), () -> "the law has no rule for " + purpose.id());
    }
}
