package io.sluice.stewardship.api;

import static io.sluice.stewardship.api.StewardshipFields.COUNTRY;
import static io.sluice.stewardship.api.StewardshipFields.CREDENTIAL;
import static io.sluice.stewardship.api.StewardshipFields.EMAIL_INDEX;
import static io.sluice.stewardship.api.StewardshipFields.ROLES;
import static io.sluice.stewardship.api.StewardshipFields.sealedWithAccount;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Accounts: opened with everything personal as ciphertext, found again by the blind index of the e-mail address. The parcel's
 * buyer is the account holder, its record {@link #of the account's}.
 */
public final class Accounts {

    /**
     * Opens an account for an {@linkplain Persons#INTRODUCE introduced} person. If the e-mail address has an account
     * already, the answer is the same and nothing is made: whoever asks cannot learn who has an account here.
     */
    public static final Address<Register, Address.Done> REGISTER = Address.of(
                    "account.register", Purpose.IDENTITY_CONFIRMATION)
            .commitsItsLeaf()
            .reads(EMAIL_INDEX)
            .carries(sealedWithAccount())
            .as(Register::from)
            .withoutAnswer();

    /** The credential of whoever has this e-mail address, opened for the asker alone; who it is stands in the answer. */
    public static final Address<String, Credential> CREDENTIAL_OF = Address.of(
                    "account.credential", Purpose.IDENTITY_CONFIRMATION)
            .reads(EMAIL_INDEX)
            .as(granted -> granted.read(EMAIL_INDEX))
            .answersOpening(CREDENTIAL)
            .as(granted -> new Credential(
                    Objects.requireNonNull(granted.parties().buyer(), "an answer about nobody"),
                    granted.opened(CREDENTIAL)));

    /** The country that the account's holder has named as theirs, for who looks for fraud. */
    public static final Address<Address.Done, Home> HOME_OF = Address.of("account.home", Purpose.FRAUD_PREVENTION)
            .as(granted -> Address.Done.DONE)
            .answersOpening(COUNTRY)
            .as(granted -> new Home(granted.openedOrNull(COUNTRY)));

    /** Sets a person's roles. Asked by the operator's commands and by development's first start, by no HTTP route. */
    public static final Address<Long, Address.Done> APPOINT = Address.of(
                    "account.appoint", Purpose.IDENTITY_CONFIRMATION)
            .reads(ROLES)
            .as(granted -> granted.read(ROLES))
            .withoutAnswer();

    private Accounts() {}

    /** The record that an account's fields are sealed for. */
    public static UUID of(SubjectId subject) {
        return subject.value();
    }

    /** @param sealed what rests sealed with the account, by field; never without e-mail, name and credential */
    public record Register(String emailIndex, Map<Field<String>, Sealed> sealed) {
        public Register {
            sealed = Map.copyOf(sealed);
        }

        private static Register from(Granted granted) {
            Map<Field<String>, Sealed> sealed = new LinkedHashMap<>();
            for (Field<String> field : StewardshipFields.SEALED_WITH_ACCOUNT) {
                sealed.put(field, granted.carried(field));
            }
            return new Register(granted.read(EMAIL_INDEX), sealed);
        }
    }

    /** @param country ISO 3166-1 alpha-2; null if none was named */
    public record Home(@Nullable Plain<String> country) {}

    /** @param hash the Argon2id hash with its parameters, as the sign-in needs it */
    public record Credential(SubjectId subject, Plain<String> hash) {}
}
