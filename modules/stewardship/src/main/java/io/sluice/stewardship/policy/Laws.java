package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
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
     * What of an archive is not in here yet: versions that take effect after the one in force, and drafts whose text has been
     * changed. Of a released version this one's text stays the law, whatever the archive says.
     */
    public List<PublishedLaw> news(List<PublishedLaw> archive) {
        return archive.stream()
                .filter(law -> published.stream().noneMatch(law::saysTheSameAs))
                .filter(law -> own(law.version())
                        .map(PublishedLaw::isDraft)
                        .orElseGet(
                                () -> law.effectiveAt().isAfter(inForce.policy().effectiveAt())))
                .toList();
    }

    private Optional<PublishedLaw> own(String version) {
        return published.stream().filter(law -> law.isCalled(version)).findFirst();
    }

    /**
     * These, and {@linkplain #news news}: read and held against these just as if they lay in the folder.
     *
     * @throws LawInvalid if they are no law, or not signed by one of the signers, or a draft that is in force was moved to another
     *     instant
     */
    public Laws with(List<PublishedLaw> news, Catalogue catalogue, LawSigners signers) throws LawInvalid {
        List<LawReader.Text> texts = Stream.concat(
                        published.stream().filter(law -> !isReplaced(law, news)), news.stream())
                .map(law ->
                        new LawReader.Text(law.version() + LawFile.SUFFIX, law.text(), Optional.of(law.signature())))
                .toList();
        Laws all = LawReader.read(
                "the archive", texts, catalogue, signers, inForce.policy().effectiveAt());
        if (!all.inForce().version().equals(inForce.version())) {
            throw new LawInvalid(List.of(inForce.version() + " is in force, and its instant was moved"));
        }
        return all;
    }

    private static boolean isReplaced(PublishedLaw law, List<PublishedLaw> news) {
        return news.stream().anyMatch(other -> other.isCalled(law.version()));
    }

    /**
     * These, and news that this node cannot keep, because its code does not fit them: from their instants on, and at once if it
     * is the version in force, it grants nothing.
     */
    public Laws withUnkept(List<PublishedLaw> news) {
        List<Law> more = new ArrayList<>(announced);
        more.removeIf(law -> news.stream().anyMatch(other -> other.isCalled(law.version())));
        news.stream()
                .filter(law -> !law.isCalled(inForce.version()))
                .map(this::unkept)
                .forEach(more::add);
        more.sort(Comparator.comparing(law -> law.policy().effectiveAt()));
        boolean isKept = news.stream().noneMatch(law -> law.isCalled(inForce.version()));
        return new Laws(isKept ? inForce : inForce.withheld(), more, published);
    }

    private Law unkept(PublishedLaw law) {
        Policy known = inForce.policy();
        Policy unread = new Policy(
                law.version(),
                law.announcedAt(),
                law.effectiveAt(),
                known.catalogue(),
                known.contracts(),
                known.agreements());
        return inForce.under(unread.withheld());
    }
}
