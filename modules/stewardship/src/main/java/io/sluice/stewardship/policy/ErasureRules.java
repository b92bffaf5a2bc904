package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The law's words about what goes and what stays: how long fields are kept, how a person is erased, what is held and why. */
final class ErasureRules {

    private static final Set<String> EVENTS = Set.of("account_closed", "order_closed", "payment_settled");
    private static final String EVENT = "one of account_closed, order_closed and payment_settled";

    private ErasureRules() {}

    static Map<String, RetentionRule> retention(YamlSection section) {
        Map<String, RetentionRule> rules = new LinkedHashMap<>();
        for (String name : section.keys()) {
            YamlSection entry = section.section(name);
            String from = entry.value("from", YamlSection.oneOf(EVENTS), EVENT);
            Period keep = entry.value("keep", LawFile::period, "a period such as P90D");
            entry.nothingElse();
            if (from != null && keep != null) {
                rules.put(name, new RetentionRule(from, keep));
            }
        }
        return rules;
    }

    /** A rule for nothing is a rule whose field has been forgotten. */
    static void retentionsAreUsed(YamlSection section, Map<String, FieldRule> fields) {
        for (String name : section.keys()) {
            boolean isUsed = fields.values().stream()
                    .anyMatch(field -> field.retention().filter(name::equals).isPresent());
            if (!isUsed) {
                section.problem(name, "is the retention of no field");
            }
        }
    }

    static Erasure erasure(YamlSection section, Catalogue catalogue) {
        List<Erasure.Step> steps =
                section.list("steps", word -> YamlSection.word(Erasure.Step.values(), word), "a step of an erasure");
        for (Erasure.Step step : Erasure.Step.values()) {
            if (!steps.contains(step)) {
                section.problem("steps", "lacks " + YamlSection.word(step));
            }
        }
        follows(section, steps, Erasure.Step.SHRED, Erasure.Step.HOLD, "what is kept could not be opened any more");
        follows(section, steps, Erasure.Step.SHRED, Erasure.Step.NOTIFY_RECIPIENTS, "nobody could find them any more");
        follows(section, steps, Erasure.Step.SHRED, Erasure.Step.SETTLE_ORDERS, "an open order could not be delivered");
        follows(section, steps, Erasure.Step.SETTLE_ORDERS, Erasure.Step.CLOSE_ACCOUNT, "new orders could come in");
        Map<String, HoldRule> holds = new LinkedHashMap<>();
        YamlSection reasons = section.section("holds");
        for (String reason : reasons.keys()) {
            hold(reasons.section(reason), catalogue, reason, holds);
        }
        section.nothingElse();
        return new Erasure(steps, holds);
    }

    private static void follows(
            YamlSection section, List<Erasure.Step> steps, Erasure.Step later, Erasure.Step earlier, String otherwise) {
        if (steps.contains(later) && steps.indexOf(later) < steps.indexOf(earlier)) {
            section.problem(
                    "steps",
                    "has " + YamlSection.word(later) + " before " + YamlSection.word(earlier) + ": " + otherwise);
        }
    }

    private static void hold(YamlSection entry, Catalogue catalogue, String reason, Map<String, HoldRule> holds) {
        List<Field<?>> fields = entry.list("fields", catalogue::named, "a field that the code knows");
        if (fields.isEmpty()) {
            entry.problem("keeps no field");
        }
        fields.stream()
                .filter(field -> !field.isPersonal())
                .forEach(field -> entry.problem("fields", "names " + field + ", which is nobody's and never erased"));
        String why = entry.text("why");
        String source = entry.text("source");
        String from = entry.value("from", YamlSection.oneOf(EVENTS), EVENT);
        Period keep = entry.value("keep", LawFile::period, "a period such as P90D: nothing is held without end");
        entry.nothingElse();
        if (why != null && source != null && from != null && keep != null) {
            holds.put(reason, new HoldRule(FieldSet.of(fields), why, source, from, keep));
        }
    }
}
