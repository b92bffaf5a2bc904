package io.sluice.stewardship.api;

import static io.sluice.stewardship.api.StewardshipFields.CHANNEL;
import static io.sluice.stewardship.api.StewardshipFields.CONSENTS;
import static io.sluice.stewardship.api.StewardshipFields.POLICY_VERSION;
import static io.sluice.stewardship.api.StewardshipFields.REGION;
import static io.sluice.stewardship.api.StewardshipFields.WISHES;

import io.sluice.guard.Address;
import io.sluice.guard.Parties;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import java.util.List;

/**
 * Makes persons known, and keeps what they permit. The person is the parcel's buyer; the id of a new one is made by the
 * asker, and introducing the same id again changes nothing.
 *
 * <p>Introducing comes first: the gate lets no personal field of an unknown person pass.
 */
public final class Persons {

    /**
     * A person who is about to open an account: writes the person and one consent record for each purpose, in one
     * transaction. The answer is the region where they are at home, which never changes: of who was introduced before, the one of
     * that time. Their keys are to be made there (clause B3).
     */
    public static final Address<Newcomer, String> INTRODUCE = Address.of(
                    "subject.introduce", Purpose.IDENTITY_CONFIRMATION)
            .reads(WISHES, POLICY_VERSION, CHANNEL, REGION)
            .as(granted -> new Newcomer(
                    new Introduce(granted.read(WISHES), granted.read(POLICY_VERSION), granted.read(CHANNEL)),
                    granted.read(REGION)))
            .answersReading(REGION)
            .as(granted -> granted.read(REGION));

    /**
     * A person to whom somebody else's parcel goes, and who has no account here. Permits what bringing the parcel needs
     * and nothing that rests on consent. Answered as {@link #INTRODUCE}.
     */
    public static final Address<Recipient, String> INTRODUCE_RECIPIENT = Address.of(
                    "recipient.introduce", Purpose.SHIPMENT)
            .reads(CHANNEL, REGION)
            .as(granted -> new Recipient(granted.read(CHANNEL), granted.read(REGION)))
            .answersReading(REGION)
            .as(granted -> granted.read(REGION));

    /**
     * Says yes or no to one purpose. Once the answer has arrived, no permit is granted on any node under what was said
     * before (clause D5): the answer waits until the leases of earlier snapshots are over.
     */
    public static final Address<Introduce, Address.Done> DECIDE = Address.of(
                    "consent.decide", Purpose.IDENTITY_CONFIRMATION)
            .reads(WISHES, POLICY_VERSION, CHANNEL)
            .as(granted -> new Introduce(granted.read(WISHES), granted.read(POLICY_VERSION), granted.read(CHANNEL)))
            .withoutAnswer();

    /**
     * Forgets a person: their account and sessions are gone, their e-mail address finds nobody, and no permit is granted for
     * anything of theirs again, but for bringing to their end the orders that are under way: who has any is forgotten when the last of
     * them is over. Answered like a withdrawal, once that holds on every node; doing it again changes nothing. Afterwards what the law
     * keeps is sealed anew and the person's key shredded ({@link io.sluice.stewardship.erasure}), which closes everything else for
     * good. Records of what they consented to stay.
     */
    public static final Address<Parties, Address.Done> ERASE = Address.of(
                    "subject.erase", Purpose.IDENTITY_CONFIRMATION)
            .as(granted -> granted.parties())
            .withoutAnswer();

    /** What stands on record, one entry for each purpose that was ever decided. */
    public static final Address<Parties, List<ConsentEntry>> CONSENTED = Address.of(
                    "consent.list", Purpose.IDENTITY_CONFIRMATION)
            .as(granted -> granted.parties())
            .answersReading(CONSENTS)
            .as(granted -> granted.read(CONSENTS));

    private Persons() {}

    /** @param channel where it was said, such as {@code api} */
    public record Introduce(List<PurposeWish> wishes, String policyVersion, String channel) {
        public Introduce {
            wishes = List.copyOf(wishes);
        }
    }

    /** @param region where they are at home, if nobody has introduced them yet */
    public record Newcomer(Introduce said, String region) {}

    /** As {@link Introduce} and {@link Newcomer}. */
    public record Recipient(String channel, String region) {}

    /** Whom a message about one person, and about no record but their account, concerns. */
    public static Parties of(SubjectId subject) {
        return Parties.of(subject, subject.value());
    }
}
