package io.sluice.kernel;

import java.util.Optional;
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
        Optional<Contract> found = policy.contract(question.address());
        if (found.isEmpty()) {
            return new Denial(PrivacyRefusal.NO_CONTRACT);
        }
        Contract contract = found.get();
        if (question.purpose() != contract.purpose()) {
            return new Denial(PrivacyRefusal.PURPOSE_MISMATCH);
        }
        if (question.now().isAfter(question.deadline())) {
            return new Denial(PrivacyRefusal.TOO_LATE);
        }
        Wants granted = granted(contract.side(question.isReply()), question);
        FieldSet personal = granted.opens().or(granted.carries());
        PrivacyRefusal personsSay = personsSay(policy.catalogue(), question, contract.purpose(), personal);
        if (personsSay != null) {
            return new Denial(personsSay);
        }
        if (contract.partner().isPresent() && !question.isReply()) {
            Optional<Agreement> agreement = policy.agreement(contract.partner().get());
            if (agreement.isEmpty() || !covers(agreement.get(), contract, personal, question)) {
                return new Denial(PrivacyRefusal.AGREEMENT_NOT_VALID);
            }
        }
        return new Permit(policy.version(), contract, granted, question);
    }

    private static Wants granted(Wants allowed, Question question) {
        Wants wanted = question.wanted();
        FieldSet present = question.present();
        return new Wants(
                wanted.reads().and(allowed.reads()).and(present),
                wanted.opens().and(allowed.opens()).and(present),
                wanted.carries().and(allowed.carries()).and(present));
    }

    /** Whether each person whose fields are in play is known, there, current, and permits the purpose; null if so. */
    private static @Nullable PrivacyRefusal personsSay(
            Catalogue catalogue, Question question, Purpose purpose, FieldSet personal) {
        if (personal.isEmpty()) {
            return null;
        }
        FieldSet addressees = personal.and(catalogue.addressees());
        boolean ownRecipient = question.namesAddressee() && !addressees.isEmpty();
        boolean buyerConcerned = !personal.without(addressees).isEmpty() || !question.namesAddressee();
        PrivacyRefusal buyerSays = buyerConcerned ? says(question.buyer(), purpose, question.nowNanos()) : null;
        if (buyerSays != null) {
            return buyerSays;
        }
        return ownRecipient ? says(question.addressee(), purpose, question.nowNanos()) : null;
    }

    private static @Nullable PrivacyRefusal says(@Nullable SubjectSnapshot person, Purpose purpose, long nowNanos) {
        if (person == null) {
            return PrivacyRefusal.SUBJECT_UNKNOWN;
        }
        if (!person.isFreshAt(nowNanos)) {
            return PrivacyRefusal.SNAPSHOT_STALE;
        }
        if (person.erased()) {
            return PrivacyRefusal.SUBJECT_ERASED;
        }
        return person.permits(purpose) ? null : PrivacyRefusal.PURPOSE_NOT_PERMITTED;
    }

    private static boolean covers(Agreement agreement, Contract contract, FieldSet personal, Question question) {
        return agreement.isValidAt(question.now())
                && agreement.purposes().contains(contract.purpose())
                && agreement.fields().containsAll(personal);
    }
}
