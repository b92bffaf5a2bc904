package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All versions of the law that lie in one folder, {@code <version>.yaml} each, with its signature beside it. */
public final class LawFolder {

    private final Path folder;
    private final LawSigners signers;
    private final List<String> problems = new ArrayList<>();

    private LawFolder(Path folder, LawSigners signers) {
        this.folder = folder;
        this.signers = signers;
    }

    /** A version, read by itself. */
    private record Version(Law law, PublishedLaw published) {
        Instant effectiveAt() {
            return law.policy().effectiveAt();
        }
    }

    /**
     * Reads the law as it stands at an instant. What is in force or to come is held against the fields that the code knows; what
     * has been superseded need only be whole in itself.
     *
     * @throws LawInvalid if any version is not signed by one of the signers or is no law, if one widens what it does not
     *     acknowledge, if two take effect at the same instant, or if none has taken effect yet
     * @throws IOException if the folder or a file cannot be read
     */
    public static Laws read(Path folder, Catalogue catalogue, LawSigners signers, Instant now)
            throws IOException, LawInvalid {
        return new LawFolder(folder, signers).laws(catalogue, now);
    }

    private Laws laws(Catalogue catalogue, Instant now) throws IOException, LawInvalid {
        List<Version> versions = versions();
        check();
        int current = lastInEffect(versions, now);
        List<Law> laws = new ArrayList<>();
        for (int i = current; i < versions.size(); i++) {
            try {
                PublishedLaw published = versions.get(i).published();
                laws.add(LawFile.parse(published.version() + LawFile.SUFFIX, published.text(), catalogue));
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

    /** Every version by itself, the oldest first. */
    private List<Version> versions() throws IOException {
        List<Version> versions = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Optional<LawSignature> signature = LawSignature.of(file);
            signers.problem(text.getBytes(StandardCharsets.UTF_8), signature)
                    .ifPresent(problem -> problems.add(file.getFileName() + ": " + problem));
            try {
                Law law = LawFile.alone(String.valueOf(file.getFileName()), text);
                signature.ifPresent(signed -> versions.add(new Version(law, published(law, signed))));
            } catch (LawInvalid invalid) {
                problems.addAll(invalid.problems());
            }
        }
        versions.sort(Comparator.comparing(Version::effectiveAt));
        for (int i = 0; i < versions.size(); i++) {
            if (i > 0
                    && versions.get(i - 1).effectiveAt().equals(versions.get(i).effectiveAt())) {
                problems.add(versions.get(i - 1).law().version() + " and "
                        + versions.get(i).law().version() + " take effect at the same instant");
            }
            Set<String> widened = i == 0
                    ? Set.of()
                    : LawDiff.widenings(
                            versions.get(i - 1).law(), versions.get(i).law());
            acknowledged(versions.get(i), widened);
        }
        return versions;
    }

    private static PublishedLaw published(Law law, LawSignature signature) {
        return new PublishedLaw(
                law.version(), law.policy().announcedAt(), law.policy().effectiveAt(), law.text(), signature);
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

    private int lastInEffect(List<Version> versions, Instant now) throws LawInvalid {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (!versions.get(i).effectiveAt().isAfter(now)) {
                return i;
            }
        }
        problems.add(folder.getFileName() + " holds no version that has taken effect by " + now);
        throw new LawInvalid(problems);
    }

    private void check() throws LawInvalid {
        if (!problems.isEmpty()) {
            throw new LawInvalid(problems);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(LawFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
