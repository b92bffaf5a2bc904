package io.sluice.app.node;

import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.commerce.Commerce;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Address;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Field;
import io.sluice.kernel.PolicyCheck;
import io.sluice.stewardship.api.StewardshipAddresses;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.LawFolder;
import io.sluice.stewardship.policy.LawInvalid;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.stewardship.policy.Laws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the law in force, and holds it against what the code declares: where they disagree, nothing starts. */
public final class Lawbook {

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
     * The law as it stands.
     *
     * @param profile outside development nothing that the published development key has signed is law
     * @throws IOException if nothing is in force, or a version is no law or not signed, or a version in force or to come and the
     *     code disagree; names every finding
     */
    public static Laws open(PolicyConfig config, Profile profile, Instant now) throws IOException {
        LawSigners signers = LawSigners.read(config.signersFile());
        if (signers.includesDevelopment() && !profile.isDevelopment()) {
            throw new IOException(config.signersFile() + " (policy.signers) trusts the development signing key "
                    + LawSigners.DEVELOPMENT + ", whose private half is published; sign the law with a key of your own:"
                    + " sluice policy sign --help");
        }
        Laws laws = read(config.dir(), signers, now);
        List<String> findings = new ArrayList<>();
        Stream.concat(Stream.of(laws.inForce()), laws.announced().stream()).forEach(law -> {
            Instant from = law == laws.inForce() ? now : law.policy().effectiveAt();
            PolicyCheck.findings(law.policy(), CODE, from)
                    .forEach(finding -> findings.add(law.version() + ": " + finding));
        });
        if (!findings.isEmpty()) {
            throw new IOException("the law and the code disagree:\n  " + String.join("\n  ", findings));
        }
        return laws;
    }

    private static Laws read(Path folder, LawSigners signers, Instant now) throws IOException {
        try {
            return LawFolder.read(folder, CATALOGUE, signers, now);
        } catch (LawInvalid invalid) {
            throw new IOException(
                    "no law can be had from " + folder + ":\n  " + String.join("\n  ", invalid.problems()), invalid);
        }
    }
}
