package io.sluice.stewardship.consent;

import io.sluice.guard.Outcome;
import io.sluice.kernel.Purpose;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.policy.Basis;
import io.sluice.stewardship.policy.Law;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of a person's wishes under the law in force: records, and a mask of permitted purposes. Pure. */
final class Wishes {

    private Wishes() {}

    /**
     * The records of somebody who opens an account. What they said is recorded as said; a purpose that they did not speak of
     * is recorded where its basis permits it unasked, and stays unpermitted, without a record, where it does not.
     */
    static Outcome<List<ConsentRecord>> ofNewcomer(Law law, String policyVersion, List<PurposeWish> wishes) {
        return understood(law, policyVersion, wishes).map(said -> {
            List<ConsentRecord> records = new ArrayList<>();
            for (Purpose purpose : Purpose.values()) {
                Basis basis = law.rule(purpose).basis();
                Boolean wish = said.get(purpose);
                if (wish != null) {
                    records.add(new ConsentRecord(purpose, wish, true, basis));
                } else if (basis.permitsUnasked()) {
                    records.add(new ConsentRecord(purpose, true, false, basis));
                }
            }
            return List.copyOf(records);
        });
    }

    /** The records of somebody who changes their mind. */
    static Outcome<List<ConsentRecord>> ofChange(Law law, String policyVersion, List<PurposeWish> wishes) {
        // whoever only says no is heard, whatever version they had before them
        boolean isOnlyNo = wishes.stream().noneMatch(PurposeWish::granted);
        return understood(law, isOnlyNo ? law.shownVersion() : policyVersion, wishes)
                .map(said -> said.entrySet().stream()
                        .map(wish -> new ConsentRecord(
                                wish.getKey(),
                                wish.getValue(),
                                true,
                                law.rule(wish.getKey()).basis()))
                        .toList());
    }

    /** The records of somebody to whom a parcel goes: what bringing it needs, and nothing that rests on consent. */
    static List<ConsentRecord> ofRecipient(Law law) {
        List<ConsentRecord> records = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            Basis basis = law.rule(purpose).basis();
            if (basis.permitsUnasked()) {
                records.add(new ConsentRecord(purpose, true, false, basis));
            }
        }
        return List.copyOf(records);
    }

    /** The mask of permitted purposes after these records. */
    static int permitted(int before, List<ConsentRecord> records) {
        int mask = before;
        for (ConsentRecord record : records) {
            int bit = record.purpose().mask();
            mask = record.granted() ? mask | bit : mask & ~bit;
        }
        return mask;
    }

    /** To which version of the law each purpose has been said yes, after these records. What a basis permits unasked is no yes. */
    static Map<Purpose, String> consented(
            Map<Purpose, String> before, List<ConsentRecord> records, String policyVersion) {
        Map<Purpose, String> said = new EnumMap<>(Purpose.class);
        said.putAll(before);
        for (ConsentRecord record : records) {
            if (record.granted() && record.said()) {
                said.put(record.purpose(), policyVersion);
            } else {
                said.remove(record.purpose());
            }
        }
        return said;
    }

    private static Outcome<Map<Purpose, Boolean>> understood(Law law, String policyVersion, List<PurposeWish> wishes) {
        if (!law.isCalled(policyVersion)) {
            return Outcome.refused(AccountRefusal.POLICY_NOT_IN_FORCE, "/policy_version");
        }
        Map<Purpose, Boolean> said = new EnumMap<>(Purpose.class);
        for (PurposeWish wish : wishes) {
            Optional<Purpose> purpose = Purpose.of(wish.purpose());
            if (purpose.isEmpty()) {
                return Outcome.refused(AccountRefusal.PURPOSE_UNKNOWN, "/consents");
            }
            if (said.put(purpose.get(), wish.granted()) != null) {
                return Outcome.refused(AccountRefusal.PURPOSE_TWICE, at(purpose.get()));
            }
            if (purpose.get() == Purpose.IDENTITY_CONFIRMATION && !wish.granted()) {
                return Outcome.refused(AccountRefusal.PURPOSE_NEEDED, at(purpose.get()));
            }
        }
        return Outcome.done(said);
    }

    private static String at(Purpose purpose) {
        return "/consents/" + purpose.id();
    }
}
