package io.sluice.stewardship.policy;

import io.sluice.kernel.Agreement;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Display;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Wants;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The law's words about who gets what: contracts of handlers, agreements with partners, views of roles. */
final class ContractRules {

    private static final String KNOWN_FIELD = "a field that the code knows";
    private static final String KNOWN_PURPOSE = "one of the closed list of purposes";

    private final Catalogue catalogue;
    private final Map<String, FieldRule> fields;
    private final Map<Purpose, PurposeRule> purposes;

    ContractRules(Catalogue catalogue, Map<String, FieldRule> fields, Map<Purpose, PurposeRule> purposes) {
        this.catalogue = catalogue;
        this.fields = fields;
        this.purposes = purposes;
    }

    static Map<Category, Level> admitted(YamlSection section) {
        Map<Category, Level> admits = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            section.optional(category.id(), FieldRules::level, "P1, P2 or P3")
                    .ifPresent(level -> admits.put(category, level));
        }
        section.nothingElse();
        return admits;
    }

    /** @param roles what each role may see, which displays keep to */
    Map<String, Contract> contracts(YamlSection section, Map<Role, RoleRule> roles) {
        DisplayRules displays = new DisplayRules(catalogue, roles);
        Map<String, Contract> contracts = new LinkedHashMap<>();
        for (String address : section.keys()) {
            contract(address, section.section(address), displays)
                    .ifPresent(contract -> contracts.put(address, contract));
        }
        return contracts;
    }

    private Optional<Contract> contract(String address, YamlSection entry, DisplayRules displays) {
        Purpose purpose = entry.value("purpose", Purpose::of, KNOWN_PURPOSE);
        Wants request = wants(entry, purpose, fieldSet(entry, "opens"));
        YamlSection answer = entry.optionalSection("reply");
        FieldSet opens = fieldSet(answer, "opens");
        FieldSet shows = fieldSet(answer, "shows");
        Wants reply = wants(answer, purpose, opens.or(shows));
        Optional<Display> display = displays.read(answer, purpose, opens, shows);
        answer.nothingElse();
        Optional<String> partner = entry.optional("partner", Optional::of, "a partner's name");
        Optional<Contract.Logging> logging = entry.optional("log", ContractRules::logging, "before, always or rides");
        entry.nothingElse();
        if (partner.isPresent() && logging.orElse(Contract.Logging.BEFORE) == Contract.Logging.RIDES) {
            entry.problem("log", "rides, but what goes to a partner is logged before");
            return Optional.empty();
        }
        if (partner.isEmpty() && logging.orElse(Contract.Logging.BEFORE) == Contract.Logging.ALWAYS) {
            entry.problem("log", "is always, but only what goes to a partner tells of somebody by itself");
            return Optional.empty();
        }
        return Optional.ofNullable(purpose)
                .map(known -> new Contract(
                        address, known, request, reply, logging.orElse(Contract.Logging.BEFORE), partner, display));
    }

    private Wants wants(YamlSection entry, @Nullable Purpose purpose, FieldSet opens) {
        FieldSet reads = fieldSet(entry, "reads");
        FieldSet carries = fieldSet(entry, "carries");
        if (purpose != null) {
            admitted(entry, purpose, opens.or(carries));
        }
        return new Wants(reads, opens, carries);
    }

    /** A field may serve a purpose only if the purpose admits its kind up to its level (clause A2). */
    private void admitted(YamlSection entry, Purpose purpose, FieldSet personal) {
        PurposeRule rule = purposes.get(purpose);
        for (String name : catalogue.names(personal)) {
            FieldRule field = fields.get(name);
            Optional<Level> level = catalogue.named(name).map(Field::level);
            if (rule != null
                    && field != null
                    && level.isPresent()
                    && level.get().isPersonal()
                    && !rule.admits(field.category(), level.get())) {
                entry.problem("gives " + name + ", which " + purpose.id() + " does not admit");
            }
        }
    }

    private FieldSet fieldSet(YamlSection entry, String key) {
        return FieldSet.of(entry.list(key, catalogue::named, KNOWN_FIELD));
    }

    private static Optional<Contract.Logging> logging(String word) {
        return switch (word) {
            case "before" -> Optional.of(Contract.Logging.BEFORE);
            case "always" -> Optional.of(Contract.Logging.ALWAYS);
            case "rides" -> Optional.of(Contract.Logging.RIDES);
            default -> Optional.empty();
        };
    }

    Map<String, Agreement> partners(YamlSection section) {
        Map<String, Agreement> agreements = new LinkedHashMap<>();
        for (String partner : section.keys()) {
            YamlSection whole = section.section(partner);
            YamlSection entry = whole.section("agreement");
            whole.nothingElse();
            FieldSet named = fieldSet(entry, "fields");
            Set<Purpose> served = Set.copyOf(entry.list("purposes", Purpose::of, KNOWN_PURPOSE));
            String region = entry.text("region");
            Instant from = entry.value("valid_from", LawFile::instant, "a time in UTC");
            Instant until = entry.value("valid_until", LawFile::instant, "a time in UTC");
            entry.nothingElse();
            if (from != null && until != null && !from.isBefore(until)) {
                entry.problem("valid_until", "is not after valid_from");
            }
            if (region != null && from != null && until != null) {
                agreements.put(partner, new Agreement(partner, named, served, region, from, until));
            }
        }
        return agreements;
    }

    Map<Role, RoleRule> roles(YamlSection section) {
        Map<Role, RoleRule> rules = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            YamlSection entry = section.section(role.id());
            Set<Purpose> served = Set.copyOf(entry.list("purposes", Purpose::of, KNOWN_PURPOSE));
            FieldSet masked = fieldSet(entry, "sees_masked");
            FieldSet plain = fieldSet(entry, "sees_plain");
            entry.nothingElse();
            List<String> both = catalogue.names(masked.and(plain));
            if (!both.isEmpty()) {
                entry.problem("sees " + both + " both masked and plain");
            }
            rules.put(role, new RoleRule(served, masked, plain));
        }
        section.nothingElse();
        return rules;
    }
}
