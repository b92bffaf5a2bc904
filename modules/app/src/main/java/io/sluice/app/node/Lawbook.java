package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.commerce.Commerce;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Address;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Field;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PolicyCheck;
import io.sluice.stewardship.api.StewardshipAddresses;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawFolder;
import io.sluice.stewardship.policy.LawInvalid;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.stewardship.policy.Laws;
import io.sluice.stewardship.policy.PublishedLaw;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Lawbook.class);

    private Lawbook() {}

    /**
     * The law as a node with this configuration goes by it: whom it sends to outside must be who the law says, too.
     *
     * @throws IOException as for the law alone
     */
    public static Laws open(Config config, Instant now) throws IOException {
        return open(config.policy(), config.profile(), policy -> Receivers.findings(policy, config), now);
    }

    /**
     * The law as it stands.
     *
     * @param profile outside development nothing that the published development key has signed is law
     * @throws IOException if nothing is in force, or a version is no law or not signed, or a version in force or to come and the
     *     code disagree; names every finding
     */
    public static Laws open(PolicyConfig config, Profile profile, Instant now) throws IOException {
        return open(config, profile, policy -> List.of(), now);
    }

    private static Laws open(
            PolicyConfig config, Profile profile, Function<Policy, List<String>> objections, Instant now)
            throws IOException {
        Laws laws = read(config.dir(), signers(config, profile), now);
        List<String> findings = findings(laws, laws.inForceAndToCome(), objections, now);
        if (!findings.isEmpty()) {
            throw new IOException("the law and the code disagree:\n  " + String.join("\n  ", findings));
        }
        return laws;
    }

    /** Those who sign the law; outside development the published development key is none of them. */
    static LawSigners signers(PolicyConfig config, Profile profile) throws IOException {
        LawSigners signers = LawSigners.read(config.signersFile());
        if (signers.includesDevelopment() && !profile.isDevelopment()) {
            throw new IOException(config.signersFile() + " (policy.signers) trusts the development signing key "
                    + LawSigners.DEVELOPMENT + ", whose private half is published; sign the law with a key of your own:"
                    + " sluice policy sign --help");
        }
        return signers;
    }

    private static List<String> findings(
            Laws laws, List<Law> checked, Function<Policy, List<String>> objections, Instant now) {
        List<String> findings = new ArrayList<>();
        for (Law law : checked) {
            Instant from = law == laws.inForce() ? now : law.policy().effectiveAt();
            List<Policy> later = laws.after(law).stream().map(Law::policy).toList();
            Stream.concat(
                            PolicyCheck.findings(law.policy(), later, CODE, from).stream(),
                            objections.apply(law.policy()).stream())
                    .forEach(finding -> findings.add(law.version() + ": " + finding));
        }
        return findings;
    }

    /**
     * The law as this node found it, and what has been announced since, or elsewhere, or has become of a draft. What the code
     * does not fit is law nevertheless: this node stays at work until it takes effect, and grants nothing from then on.
     *
     * @param archive every version that was ever laid before the shop, by its signature
     */
    static Laws followed(Laws laws, List<PublishedLaw> archive, LawSigners signers, Config config) {
        List<PublishedLaw> news = laws.news(archive);
        return news.isEmpty() ? laws : joined(laws, news, signers, config);
    }

    private static Laws joined(Laws laws, List<PublishedLaw> news, LawSigners signers, Config config) {
        List<String> findings;
        try {
            Laws all = laws.with(news, CATALOGUE, signers);
            findings = findings(
                    all,
                    all.inForceAndToCome(),
                    policy -> Receivers.findings(policy, config),
                    laws.inForce().policy().effectiveAt());
            if (findings.isEmpty()) {
                return all;
            }
        } catch (LawInvalid invalid) {
            findings = invalid.problems();
        }
        findings.forEach(finding -> LOG.error("announced, and cannot be kept by this node finding={}", finding));
        return laws.withUnkept(news);
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
