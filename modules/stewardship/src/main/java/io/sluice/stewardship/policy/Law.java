package io.sluice.stewardship.policy;

import io.sluice.kernel.Changeover;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Turn;
import java.time.Period;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** Its name; of two versions that meet at this moment, both names. */
    public String version() {
        return policy.version();
    }

    /** The name of the version in force for whoever asks what that is: of two that meet, the one that was. */
    public String shownVersion() {
        Changeover changeover = policy.changeover();
        return changeover == null ? version() : changeover.earlier().version();
    }

    /** Whether somebody who has this version before them has read the law in force: of two that meet, either. */
    public boolean isCalled(String version) {
        Changeover changeover = policy.changeover();
        return changeover == null
                ? version().equals(version)
                : changeover.earlier().version().equals(version)
                        || changeover.later().version().equals(version);
    }

    /** The same version where it may have been superseded without this node knowing: nothing is granted under it. */
    Law withheld() {
        return under(policy.withheld());
    }

    /** The same, after the version before it: consents to earlier ones count where nothing is widened. */
    Law after(Law before) {
        return under(policy.consentedTo(ConsentedVersions.after(before, this)));
    }

    /** The same, with the consents that count for this version as it was read by itself. */
    Law consentedLike(Law alone) {
        return under(policy.consentedTo(alone.policy().consents()));
    }

    /**
     * Whether somebody whose last word is a yes has to say it again for the purpose to be permitted.
     *
     * @param saidTo the version that they said it to; empty if it was on record without having been said
     */
    public boolean needsRenewal(Purpose purpose, Optional<String> saidTo) {
        Set<String> versions = policy.consents().get(purpose);
        return versions != null && saidTo.filter(versions::contains).isEmpty();
    }

    /** The same, followed by another at that moment. */
    Law until(Turn turn) {
        return under(policy.until(turn));
    }

    /** The same rules around another policy. */
    Law under(Policy other) {
        return new Law(
                other,
                leastNotice,
                acknowledged,
                vocabulary,
                purposes,
                fields,
                roles,
                retention,
                clocks,
                erasure,
                text);
    }

    public PurposeRule rule(Purpose purpose) {
        return Objects.requireNonNull(purposes.get(purpose), () -> "the law has no rule for " + purpose.id());
    }
}
