package io.sluice.stewardship.policy;

import io.sluice.kernel.Agreement;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one version of the law from {@code config/policy/<version>.yaml}. The file's name is its version. */
public final class LawFile {

    /** What stands behind a version's name in the name of its file. */
    public static final String SUFFIX = ".yaml";

    // two versions in force at once are named with a plus sign between them
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final YamlSection root;
    private final Catalogue catalogue;
    private final Set<String> toCome;
    private final List<String> problems;

    private LawFile(YamlSection root, Catalogue catalogue, Set<String> toCome, List<String> problems) {
        this.root = root;
        this.catalogue = catalogue;
        this.toCome = toCome;
        this.problems = problems;
    }

    /**
     * Reads a law and holds it against the fields that the code knows.
     *
     * @param name the file's name
     * @throws LawInvalid with every problem in it, if there is any
     */
    public static Law parse(String name, String text, Catalogue catalogue) throws LawInvalid {
        return parse(name, text, catalogue, Set.of());
    }

    /**
     * The same, while a later version is announced already.
     *
     * @param toCome names of the fields of later versions. The code may know them before the law does; until then the law grants
     *     them to nobody.
     */
    static Law parse(String name, String text, Catalogue catalogue, Set<String> toCome) throws LawInvalid {
        List<String> problems = new ArrayList<>();
        return new LawFile(YamlSection.root(name, text, problems), catalogue, toCome, problems).law(name, text);
    }

    /**
     * Reads a law by itself: its fields are those that it lists, whatever this code knows. For comparing versions, and for those
     * that are no longer in force.
     *
     * @param name the file's name
     * @throws LawInvalid with every problem in it, if there is any
     */
    public static Law alone(String name, String text) throws LawInvalid {
        List<String> problems = new ArrayList<>();
        YamlSection root = YamlSection.root(name, text, problems);
        Catalogue own = FieldRules.catalogue(root.ahead().optionalSection("fields"));
        return new LawFile(root, own, Set.of(), problems).law(name, text);
    }

    /**
     * Who a text says it is, and from when on: all that whoever cannot read the rest of it knows of a version. Empty if it does
     * not say that.
     */
    static Optional<PublishedLaw> published(String text, LawSignature signature) {
        YamlSection root = YamlSection.root("", text, new ArrayList<>());
        Optional<String> version = root.optional("version", Optional::of, "a text");
        Optional<Instant> announcedAt = root.optional("announced_at", LawFile::instant, "a time in UTC");
        Optional<Instant> effectiveAt = root.optional("effective_at", LawFile::instant, "a time in UTC");
        return version.isPresent() && announcedAt.isPresent() && effectiveAt.isPresent()
                ? Optional.of(new PublishedLaw(version.get(), announcedAt.get(), effectiveAt.get(), text, signature))
                : Optional.empty();
    }

    private Law law(String name, String text) throws LawInvalid {
        String version = root.text("version");
        if (version != null && !name.equals(version + SUFFIX)) {
            root.problem("version", "should be the file's name");
        }
        if (version != null && !NAME.matcher(version).matches()) {
            root.problem("version", "should be of letters, digits, dots, hyphens and underscores");
        }
        Instant announcedAt = root.value("announced_at", LawFile::instant, "a time in UTC");
        Instant effectiveAt = root.value("effective_at", LawFile::instant, "a time in UTC");
        Period leastNotice = root.value("least_notice", LawFile::period, "a period such as P14D");
        notice(announcedAt, effectiveAt, leastNotice);
        Set<String> acknowledged = Set.copyOf(root.list("widens", Optional::of, "the name of what is widened"));
        Map<String, String> vocabulary = vocabulary(root.section("vocabulary"));
        LevelRules.check(root.section("levels"));
        YamlSection retentions = root.section("retention");
        Map<String, RetentionRule> retention = ErasureRules.retention(retentions);
        Map<String, FieldRule> fields =
                new FieldRules(catalogue, retention.keySet(), toCome).read(root.section("fields"));
        ErasureRules.retentionsAreUsed(retentions, fields);
        Map<Purpose, PurposeRule> purposes = purposes(root.section("purposes"));
        ContractRules rules = new ContractRules(catalogue, fields, purposes);
        Map<Role, RoleRule> roles = rules.roles(root.section("roles"));
        Map<String, Contract> contracts = rules.contracts(root.section("contracts"), roles);
        Map<String, Agreement> partners = rules.partners(root.section("partners"));
        Map<String, Jurisdiction> clocks = ClockRules.read(root.section("clocks"));
        Erasure erasure = ErasureRules.erasure(root.section("erasure"), catalogue);
        root.nothingElse();
        if (!problems.isEmpty()
                || version == null
                || announcedAt == null
                || effectiveAt == null
                || leastNotice == null) {
            throw new LawInvalid(problems);
        }
        Policy policy = new Policy(version, announcedAt, effectiveAt, catalogue, contracts, partners)
                .showing(FieldRules.masks(fields))
                .consentedTo(ConsentedVersions.of(version, purposes));
        return new Law(
                policy,
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

    /** Who is to live by a law is told of it in time: the file says how long before, and keeps to it itself. */
    private void notice(@Nullable Instant announcedAt, @Nullable Instant effectiveAt, @Nullable Period least) {
        if (announcedAt != null && effectiveAt != null && least != null) {
            Instant earliest = announcedAt.atOffset(ZoneOffset.UTC).plus(least).toInstant();
            if (effectiveAt.isBefore(earliest)) {
                root.problem("effective_at", "is sooner after its announcement than the least notice of " + least);
            }
        }
    }

    private static Map<String, String> vocabulary(YamlSection section) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String name : List.of("fideslang", "dpv")) {
            String version = section.text(name);
            if (version != null) {
                versions.put(name, version);
            }
        }
        section.nothingElse();
        return versions;
    }

    private static Map<Purpose, PurposeRule> purposes(YamlSection section) {
        Map<Purpose, PurposeRule> rules = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            YamlSection entry = section.section(purpose.id());
            Basis basis = entry.value("basis", Basis::of, "contract, legitimate_interest or consent");
            String fideslang = entry.text("fideslang");
            String dpv = entry.text("dpv");
            var admits = ContractRules.admitted(entry.optionalSection("admits"));
            entry.nothingElse();
            if (basis != null && fideslang != null && dpv != null) {
                rules.put(purpose, new PurposeRule(basis, fideslang, dpv, admits));
            }
        }
        section.nothingElse();
        return rules;
    }

    static Optional<Period> period(String text) {
        return Optional.of(Period.parse(text));
    }

    static Optional<Instant> instant(String text) {
        return Optional.of(Instant.parse(text));
    }
}
