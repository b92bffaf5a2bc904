package io.sluice.app.node;

import io.sluice.commerce.Commerce;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Address;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Field;
import io.sluice.kernel.PolicyCheck;
import io.sluice.stewardship.api.StewardshipAddresses;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.stewardship.policy.LawInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the law in force, and holds it against what the code declares: where they disagree, nothing starts. */
final class Lawbook {

    /** Every field that may travel. */
    static final Catalogue CATALOGUE =
            Catalogue.of(Stream.<Field<?>>concat(CommerceFields.ALL.stream(), StewardshipFields.ALL.stream())
                    .toList());

    private static final List<Declared> CODE = Stream.concat(
                    Commerce.ADDRESSES.stream(), StewardshipAddresses.ALL.stream())
            .map(Address::declared)
            .toList();

    private Lawbook() {}

    /**
     * The version that took effect last.
     *
     * @param folder of the law, one file per version
     * @throws IOException if there is none, or one is no law, or law and code disagree; names every finding
     */
    static Law inForce(Path folder, Instant now) throws IOException {
        Law law = versions(folder).stream()
                .filter(each -> !each.policy().effectiveAt().isAfter(now))
                .max(Comparator.comparing(each -> each.policy().effectiveAt()))
                .orElseThrow(() -> new IOException("no law in " + folder + " is in force yet"));
        List<String> findings = PolicyCheck.findings(law.policy(), CODE, now);
        if (!findings.isEmpty()) {
            throw new IOException(
                    "law " + law.version() + " and the code disagree:\n  " + String.join("\n  ", findings));
        }
        return law;
    }

    private static List<Law> versions(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        Stream.Builder<Law> laws = Stream.builder();
        for (Path file : files) {
            try {
                laws.add(LawFile.read(file, CATALOGUE));
            } catch (LawInvalid invalid) {
                throw new IOException(file + " is no law:\n  " + String.join("\n  ", invalid.problems()), invalid);
            }
        }
        return laws.build().toList();
    }
}
