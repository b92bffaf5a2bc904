package io.sluice.kernel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The decision about one message. Pure: the same question under the same policy has the same answer, whatever happened
 * before. The most restrictive rule wins, and whatever is not known is denied.
 */
public final class PrivacyKernel {

    private PrivacyKernel() {}

    /**
     * Grants, of the fields wanted and sent, those that the contract allows for its purpose while the persons concerned
     * permit it; or says why nothing may be delivered. Fields beyond the contract are not a reason to refuse: they are
     * simply not granted.
     */
    public static Decision decide(Policy policy, Question question) {
        Contract contract = policy.contracts().get(question.address());
        if (contract == null) {
            return Denial.of(PrivacyRefusal.NO_CONTRACT);
        }
        PrivacyRefusal refusal = refusal(policy, contract, question);
        return refusal == null
                ? new Permit(
                        policy,
                        contract,
                        granted(contract.side(question.isReply()), question),
                        question,
                        lifetimeNanos(policy, agreement(policy, contract, question), question))
                : Denial.of(refusal);
    }

    /** A permit lasts no longer than the law it was given under, a disclosure no longer than the agreement that it rests on. */
    private static long lifetimeNanos(Policy policy, @Nullable Agreement agreement, Question question) {
        Turn next = policy.next();
        long lawful = next == null ? Long.MAX_VALUE : next.notBeforeNanos() - question.nowNanos();
        long most = Math.min(Permit.LIFETIME.toNanos(), lawful);
        if (agreement == null) {
            return most;
        }
        Duration agreed = Duration.between(question.now(), agreement.validUntil());
        return agreed.compareTo(Permit.LIFETIME) < 0 ? Math.min(most, agreed.toNanos()) : most;
    }

    /**
     * Why nothing may be delivered; null if something may. All of the decision but the permit. It runs once for every message,
     * so it works on bits and allocates nothing (a test holds that).
     */
    static @Nullable PrivacyRefusal refusal(Policy policy, Question question) {
        Contract contract = policy.contracts().get(question.address());
        return contract == null ? PrivacyRefusal.NO_CONTRACT : refusal(policy, contract, question);
    }

    private static @Nullable PrivacyRefusal refusal(Policy policy, Contract contract, Question question) {
        Changeover changeover = policy.changeover();
        return changeover == null ? refusalOfOne(policy, contract, question) : refusalOfEither(changeover, question);
    }

    /** Between two versions: what either refuses is refused; what both grant is left to the contract common to both. */
    private static @Nullable PrivacyRefusal refusalOfEither(Changeover changeover, Question question) {
        if (!changeover.canBothBeKept(question.address())) {
            return PrivacyRefusal.LAW_UNCERTAIN;
        }
        PrivacyRefusal before = refusal(changeover.earlier(), question);
        return before == null ? refusal(changeover.later(), question) : before;
    }

    private static @Nullable PrivacyRefusal refusalOfOne(Policy policy, Contract contract, Question question) {
        if (question.purpose() != contract.purpose()) {
            return PrivacyRefusal.PURPOSE_MISMATCH;
        }
        if (question.now().isAfter(question.deadline())) {
            return PrivacyRefusal.TOO_LATE;
        }
        long personal = personal(contract.side(question.isReply()), question);
        PrivacyRefusal personsSay = personsSay(policy, contract, question, personal);
        if (personsSay != null) {
            return personsSay;
        }
        if (contract.partner().isPresent() && !question.isReply()) {
            Agreement agreement = agreement(policy, contract, question);
            if (agreement == null || !covers(agreement, contract, personal, question)) {
                return PrivacyRefusal.AGREEMENT_NOT_VALID;
            }
        }
        return null;
    }

    /** What the partner behind the contract and we have agreed on; null if that is nothing, or nobody outside is told. */
    private static @Nullable Agreement agreement(Policy policy, Contract contract, Question question) {
        String partner = contract.partner().orElse(null);
        return partner == null || question.isReply()
                ? null
                : policy.agreements().get(partner);
    }

    /** The personal fields that would be granted, to be opened or to be carried, as bits. */
    private static long personal(Wants allowed, Question question) {
        Wants wanted = question.wanted();
        long opens = wanted.opens().bits() & allowed.opens().bits();
        long carries = wanted.carries().bits() & allowed.carries().bits();
        return (opens | carries) & question.present().bits();
    }

    private static Wants granted(Wants allowed, Question question) {
        Wants wanted = question.wanted();
        FieldSet present = question.present();
        return new Wants(
                wanted.reads().and(allowed.reads()).and(present),
                wanted.opens().and(allowed.opens()).and(present),
                wanted.carries().and(allowed.carries()).and(present));
    }

    /** Whether each person whose fields are in play, or who is told of, is known, there, current, and permits the purpose; null if so. */
    private static @Nullable PrivacyRefusal personsSay(
            Policy policy, Contract contract, Question question, long personal) {
        boolean tells = contract.tells(question.isReply());
        if (personal == 0 && !tells) {
            return null;
        }
        Purpose purpose = contract.purpose();
        long addressees = personal & policy.catalogue().addressees().bits();
        boolean ownRecipient = question.namesAddressee() && addressees != 0;
        boolean buyerConcerned = tells || personal != addressees || !question.namesAddressee();
        PrivacyRefusal buyerSays = buyerConcerned ? says(policy, question.buyer(), purpose, question) : null;
        if (buyerSays != null) {
            return buyerSays;
        }
        return ownRecipient ? says(policy, question.addressee(), purpose, question) : null;
    }

    private static @Nullable PrivacyRefusal says(
            Policy policy, @Nullable SubjectSnapshot person, Purpose purpose, Question question) {
        if (person == null) {
            return PrivacyRefusal.SUBJECT_UNKNOWN;
        }
        if (!person.lease().holdsAt(question.now(), question.nowNanos())) {
            return PrivacyRefusal.SNAPSHOT_STALE;
        }
        if (person.erased()) {
            return PrivacyRefusal.SUBJECT_ERASED;
        }
        return person.permits(purpose)
                        && policy.isCovered(purpose, person.consented().get(purpose))
                ? null
                : PrivacyRefusal.PURPOSE_NOT_PERMITTED;
    }

    private static boolean covers(Agreement agreement, Contract contract, long personal, Question question) {
        return agreement.isValidAt(question.now())
                && agreement.purposes().contains(contract.purpose())
                && (personal & ~agreement.fields().bits()) == 0;
    }
}
