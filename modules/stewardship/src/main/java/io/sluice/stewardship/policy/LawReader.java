package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads versions of the law, and holds them against each other: signatures, instants, notice, what one widens of another. */
final class LawReader {

    private final LawSigners signers;
    private final List<String> problems = new ArrayList<>();

    private LawReader(LawSigners signers) {
        this.signers = signers;
    }

    /** A version as it was found. */
    record Text(String file, String text, Optional<LawSignature> signature) {}

    /** A version, read by itself. */
    private record Version(Law law, PublishedLaw published) {
        Instant effectiveAt() {
            return law.policy().effectiveAt();
        }

        Version after(Version before) {
            return new Version(law.after(before.law), published);
        }
    }

    /**
     * The law as it stands at an instant.
     *
     * @param place where the texts were found, for whoever reads what is wrong
     */
    static Laws read(String place, List<Text> texts, Catalogue catalogue, LawSigners signers, Instant now)
            throws LawInvalid {
        return new LawReader(signers).laws(place, texts, catalogue, now);
    }

    private Laws laws(String place, List<Text> texts, Catalogue catalogue, Instant now) throws LawInvalid {
        List<Version> versions = versions(texts);
        check();
        int current = lastInEffect(place, versions, now);
        List<Law> laws = new ArrayList<>();
        for (int i = current; i < versions.size(); i++) {
            try {
                PublishedLaw published = versions.get(i).published();
                Set<String> toCome = fields(versions.subList(i + 1, versions.size()));
                Law law = LawFile.parse(published.version() + LawFile.SUFFIX, published.text(), catalogue, toCome);
                laws.add(law.consentedLike(versions.get(i).law()));
            } catch (LawInvalid invalid) {
                problems.addAll(invalid.problems());
            }
        }
        check();
        return new Laws(
                laws.getFirst(),
                laws.subList(1, laws.size()),
                versions.stream().map(Version::published).toList());
    }

    private static Set<String> fields(List<Version> versions) {
        Set<String> fields = new HashSet<>();
        versions.forEach(version -> fields.addAll(version.law().fields().keySet()));
        return fields;
    }

    /** Every version by itself, the oldest first. */
    private List<Version> versions(List<Text> texts) {
        List<Version> versions = new ArrayList<>();
        for (Text one : texts) {
            signers.problem(one.text().getBytes(StandardCharsets.UTF_8), one.signature())
                    .ifPresent(problem -> problems.add(one.file() + ": " + problem));
            try {
                Law law = LawFile.alone(one.file(), one.text());
                one.signature().ifPresent(signed -> versions.add(new Version(law, published(law, signed))));
            } catch (LawInvalid invalid) {
                problems.addAll(invalid.problems());
            }
        }
        versions.sort(Comparator.comparing(Version::effectiveAt));
        for (int i = 0; i < versions.size(); i++) {
            Set<String> widened = Set.of();
            if (i > 0) {
                follows(versions.get(i - 1), versions.get(i));
                widened = LawDiff.widenings(
                        versions.get(i - 1).law(), versions.get(i).law());
                versions.set(i, versions.get(i).after(versions.get(i - 1)));
            }
            acknowledged(versions.get(i), widened);
        }
        return versions;
    }

    private static PublishedLaw published(Law law, LawSignature signature) {
        return new PublishedLaw(
                law.version(), law.policy().announcedAt(), law.policy().effectiveAt(), law.text(), signature);
    }

    /** The notice that a version promises is given to its successor: nobody shortens it with the very version it is for. */
    private void follows(Version before, Version after) {
        String names = before.law().version() + " and " + after.law().version();
        if (before.effectiveAt().equals(after.effectiveAt())) {
            problems.add(names + " take effect at the same instant");
        }
        Period notice = before.law().leastNotice();
        Instant announced = after.law().policy().announcedAt();
        if (after.effectiveAt()
                .isBefore(announced.atOffset(ZoneOffset.UTC).plus(notice).toInstant())) {
            problems.add(after.law().version() + LawFile.SUFFIX
                    + ": takes effect sooner after its announcement than the least notice of " + notice + " in "
                    + before.law().version());
        }
    }

    /** Whoever widens the law says so by name, no more and no less (clause E3). */
    private void acknowledged(Version version, Set<String> widened) {
        Set<String> said = version.law().acknowledged();
        String name = version.law().version() + LawFile.SUFFIX + ": ";
        widened.stream()
                .filter(one -> !said.contains(one))
                .forEach(one -> problems.add(name + "widens \"" + one + "\" and does not list that under widens"));
        new TreeSet<>(said)
                .stream()
                        .filter(one -> !widened.contains(one))
                        .forEach(one ->
                                problems.add(name + "lists \"" + one + "\" under widens, and does not widen it"));
    }

    private int lastInEffect(String place, List<Version> versions, Instant now) throws LawInvalid {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (!versions.get(i).effectiveAt().isAfter(now)) {
                return i;
            }
        }
        problems.add(place + " holds no version that has taken effect by " + now);
        throw new LawInvalid(problems);
    }

    private void check() throws LawInvalid {
        if (!problems.isEmpty()) {
            throw new LawInvalid(problems);
        }
    }
}
