package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.Level;
import io.sluice.kernel.Mask;
import io.sluice.kernel.Masks;
import io.sluice.kernel.Owner;
import io.sluice.kernel.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The law's words about fields: exactly the catalogued ones, of the code's level and owner. */
final class FieldRules {

    private static final String NOBODY = "nobody";

    private final Catalogue catalogue;
    private final Set<String> retentions;
    private final Set<String> toCome;

    /** @param toCome fields that this law may lack although the code knows them: a later version has them */
    FieldRules(Catalogue catalogue, Set<String> retentions, Set<String> toCome) {
        this.catalogue = catalogue;
        this.retentions = retentions;
        this.toCome = toCome;
    }

    /** The fields that a law lists, as it describes them. What it describes wrongly is left out, and reported by {@link #read}. */
    static Catalogue catalogue(YamlSection section) {
        List<Field<?>> fields = new ArrayList<>();
        for (String name : section.keys()) {
            YamlSection entry = section.optionalSection(name);
            Optional<Level> level = entry.optional("level", FieldRules::level, "a level");
            Optional<String> owner = entry.optional("owner", Optional::of, "an owner");
            if (level.isPresent() && owner.isPresent() && fields.size() < Field.MAX) {
                field(fields.size(), name, level.get(), owner.get()).ifPresent(fields::add);
            }
        }
        return Catalogue.of(fields);
    }

    private static Optional<Field<?>> field(int slot, String name, Level level, String owner) {
        if (!level.isPersonal()) {
            return Optional.of(Field.operational(slot, name, ValueType.TEXT));
        }
        return Arrays.stream(Owner.values())
                .filter(one -> owner(one).equals(owner))
                .findFirst()
                .map(one -> Field.personal(slot, name, level, one));
    }

    Map<String, FieldRule> read(YamlSection section) {
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        for (String name : section.keys()) {
            catalogue
                    .named(name)
                    .ifPresentOrElse(
                            field -> read(field, section.section(name)).ifPresent(rule -> rules.put(name, rule)),
                            () -> section.problem(name, "is a field that the code does not know"));
        }
        for (Field<?> field : catalogue.fields()) {
            if (!section.has(field.name()) && !toCome.contains(field.name())) {
                section.problem("lacks " + field.name() + ", which the code knows");
            }
        }
        return rules;
    }

    private Optional<FieldRule> read(Field<?> field, YamlSection entry) {
        Category category = entry.value("category", Category::of, "account, purchase, delivery, payment or usage");
        String fideslang = entry.text("fideslang");
        String dpv = entry.text("dpv");
        Level level = entry.value("level", FieldRules::level, "P0, P1, P2 or P3");
        if (level != null && level != field.level()) {
            entry.problem("level", "is " + level + ", the code says " + field.level());
        }
        owner(field, entry);
        Optional<String> retention = entry.optional("retention", Optional::of, "the name of a retention");
        if (field.isPersonal() && !entry.has("retention")) {
            entry.problem("is personal and has no retention");
        }
        retention
                .filter(name -> !retentions.contains(name))
                .ifPresent(name -> entry.problem("retention", "is " + name + ", of which there is no rule"));
        Optional<Mask> mask = entry.optional("mask", Mask::named, "hidden, initials, last4 or mailbox");
        if (field.level().compareTo(Level.P2) >= 0 && !entry.has("mask")) {
            entry.problem("is of level " + field.level() + " and has no mask");
        }
        entry.nothingElse();
        return category == null || fideslang == null || dpv == null
                ? Optional.empty()
                : Optional.of(new FieldRule(category, fideslang, dpv, retention, mask));
    }

    /** What the rules show of fields, as the guard keeps to it. */
    static Masks masks(Map<String, FieldRule> rules) {
        Map<String, Mask> masks = new LinkedHashMap<>();
        rules.forEach((name, rule) -> rule.mask().ifPresent(mask -> masks.put(name, mask)));
        return new Masks(masks);
    }

    private static void owner(Field<?> field, YamlSection entry) {
        String inCode = field.isPersonal() ? owner(field.owner()) : NOBODY;
        String owner = entry.text("owner");
        if (owner != null && !owner.equals(inCode)) {
            entry.problem("owner", "is " + owner + ", the code says " + inCode);
        }
    }

    private static String owner(Owner owner) {
        return owner.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Level> level(String name) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(name))
                .findFirst();
    }
}
