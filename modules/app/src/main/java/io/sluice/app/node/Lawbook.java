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
import io.sluice.stewardship.policy.LawFolder;
import io.sluice.stewardship.policy.LawInvalid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
        Law law = read(folder, now);
        List<String> findings = PolicyCheck.findings(law.policy(), CODE, now);
        if (!findings.isEmpty()) {
            throw new IOException(
                    "law " + law.version() + " and the code disagree:\n  " + String.join("\n  ", findings));
        }
        return law;
    }

    private static Law read(Path folder, Instant now) throws IOException {
        try {
            return LawFolder.inForce(folder, CATALOGUE, now);
        } catch (LawInvalid invalid) {
            throw new IOException(
                    "no law can be had from " + folder + ":\n  " + String.join("\n  ", invalid.problems()), invalid);
        }
    }
}
