package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All versions of the law that lie in one folder, {@code <version>.yaml} each. */
public final class LawFolder {

    private static final String SUFFIX = ".yaml";

    private LawFolder() {}

    /**
     * The version in force: of those that have taken effect, the one that did so last.
     *
     * @throws LawInvalid if any version is no law, two take effect at the same instant, or none has taken effect yet
     * @throws IOException if the folder or a file cannot be read
     */
    public static Law inForce(Path folder, Catalogue catalogue, Instant now) throws IOException, LawInvalid {
        List<String> problems = new ArrayList<>();
        List<Law> versions = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                versions.add(LawFile.read(file, catalogue));
            } catch (LawInvalid invalid) {
                problems.addAll(invalid.problems());
            }
        }
        versions.sort(Comparator.comparing(law -> law.policy().effectiveAt()));
        for (int i = 1; i < versions.size(); i++) {
            Law earlier = versions.get(i - 1);
            Law later = versions.get(i);
            if (earlier.policy().effectiveAt().equals(later.policy().effectiveAt())) {
                problems.add(earlier.version() + " and " + later.version() + " take effect at the same instant");
            }
        }
        Optional<Law> inForce = versions.reversed().stream()
                .filter(law -> !law.policy().effectiveAt().isAfter(now))
                .findFirst();
        if (inForce.isEmpty() && problems.isEmpty()) {
            problems.add(folder.getFileName() + " holds no version that has taken effect by " + now);
        }
        if (!problems.isEmpty()) {
            throw new LawInvalid(problems);
        }
        return inForce.orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
