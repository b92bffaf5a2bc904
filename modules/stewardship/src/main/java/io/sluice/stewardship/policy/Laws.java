package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Changeover;
import io.sluice.kernel.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The law as it stands: what is in force and what is to come, and every version that ever was.
 *
 * @param inForce the version that took effect last
 * @param announced those that will take effect, the next one first
 * @param published every version, the oldest first
 */
public record Laws(Law inForce, List<Law> announced, List<PublishedLaw> published) {

    public Laws {
        announced = List.copyOf(announced);
        published = List.copyOf(published);
    }

    /** The version in force, and then those to come. */
    public List<Law> inForceAndToCome() {
        return Stream.concat(Stream.of(inForce), announced.stream()).toList();
    }

    /** Those that follow one of {@link #inForceAndToCome()}. */
    public List<Law> after(Law version) {
        List<Law> all = inForceAndToCome();
        return all.subList(all.indexOf(version) + 1, all.size());
    }

    /**
     * These, and versions announced elsewhere that this folder does not hold: read and held against these just as if it did.
     *
     * @throws LawInvalid if they are no law, or not signed by one of the signers
     */
    public Laws with(List<PublishedLaw> others, Catalogue catalogue, LawSigners signers) throws LawInvalid {
        List<LawReader.Text> texts = Stream.concat(published.stream(), others.stream())
                .map(law ->
                        new LawReader.Text(law.version() + LawFile.SUFFIX, law.text(), Optional.of(law.signature())))
                .toList();
        return LawReader.read(
                "the archive", texts, catalogue, signers, inForce.policy().effectiveAt());
    }

    /**
     * These, and versions that this node cannot keep, because its code does not fit them: from their instants on it grants
     * nothing.
     */
    public Laws withUnkept(List<PublishedLaw> others) {
        List<Law> more = new ArrayList<>(announced);
        others.forEach(other -> more.add(unkept(other)));
        more.sort(Comparator.comparing(law -> law.policy().effectiveAt()));
        return new Laws(inForce, more, published);
    }

    private Law unkept(PublishedLaw law) {
        Policy known = inForce.policy();
        Policy nothing = new Policy(
                law.version(),
                law.announcedAt(),
                law.effectiveAt(),
                known.catalogue(),
                known.contracts(),
                known.agreements(),
                new Changeover(known, known, false));
        return inForce.under(nothing);
    }
}
