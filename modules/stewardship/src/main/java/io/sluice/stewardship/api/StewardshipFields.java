package io.sluice.stewardship.api;

import static io.sluice.kernel.Field.operational;
import static io.sluice.kernel.Field.personal;

import io.sluice.kernel.Field;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.sluice.kernel.ValueType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Every field that a message of stewardship may hold. Ids 32 to 55 of the catalogue are stewardship's; none is ever reused. */
public final class StewardshipFields {

    // operational: what a person permits
    public static final Field<List<PurposeWish>> WISHES =
            operational(32, "consent.wishes", ValueType.listOf(PurposeWish.TYPE));
    public static final Field<List<ConsentEntry>> CONSENTS =
            operational(33, "consent.entries", ValueType.listOf(ConsentEntry.TYPE));
    public static final Field<String> POLICY_VERSION = operational(34, "consent.policy_version", ValueType.TEXT);
    /** Where something was said: {@code api}, {@code shop}, {@code staff}, {@code seed}. */
    public static final Field<String> CHANNEL = operational(35, "consent.channel", ValueType.TEXT);

    // operational: accounts and sessions
    /** Hex of the keyed blind index of the canonical e-mail address; tells nothing without the key. */
    public static final Field<String> EMAIL_INDEX = operational(36, "account.email_index", ValueType.TEXT);
    /** Mask of {@link io.sluice.kernel.Role#mask()}. */
    public static final Field<Long> ROLES = operational(37, "account.roles", ValueType.LONG);

    public static final Field<UUID> SESSION_ID = operational(38, "session.id", ValueType.ID);
    /** Sessions of an earlier epoch than their person's are void. */
    public static final Field<Long> SESSION_EPOCH = operational(39, "session.epoch", ValueType.LONG);
    /** Hex of SHA-256 over a refresh token. */
    public static final Field<String> TOKEN_HASH = operational(40, "session.token_hash", ValueType.TEXT);
    /** Hex of SHA-256 over the refresh token that is to succeed. */
    public static final Field<String> NEXT_HASH = operational(41, "session.next_hash", ValueType.TEXT);
    /** The succeeding refresh token, wrapped so that only the holder of its predecessor can read it; hex. */
    public static final Field<String> NEXT_WRAPPED = operational(42, "session.next_wrapped", ValueType.TEXT);
    /** Wall-clock time at which the session ends, refreshed or not; milliseconds. */
    public static final Field<Long> SESSION_UNTIL = operational(43, "session.until", ValueType.LONG);
    /** Wall-clock time at which the password was given; milliseconds. */
    public static final Field<Long> SIGNED_IN_AT = operational(44, "session.signed_in_at", ValueType.LONG);

    /** Where somebody is at home: the region whose store has their keys. One of the installation's, so it tells no more than a few do. */
    public static final Field<String> REGION = operational(45, "subject.region", ValueType.TEXT);

    // personal
    public static final Field<String> EMAIL = personal(48, "account.email", Level.P2, Owner.BUYER);
    public static final Field<String> NAME = personal(49, "account.name", Level.P2, Owner.BUYER);
    /** The Argon2id hash of the password, with its salt and parameters. */
    public static final Field<String> CREDENTIAL = personal(50, "account.credential", Level.P3, Owner.BUYER);

    public static final Field<String> LOCALE = personal(51, "account.locale", Level.P1, Owner.BUYER);
    public static final Field<String> COUNTRY = personal(52, "account.country", Level.P1, Owner.BUYER);

    /** What rests sealed with an account: every personal field. */
    public static final List<Field<String>> SEALED_WITH_ACCOUNT = List.of(EMAIL, NAME, CREDENTIAL, LOCALE, COUNTRY);

    private static final List<Field<?>> OPERATIONAL = List.of(
            WISHES,
            CONSENTS,
            POLICY_VERSION,
            CHANNEL,
            EMAIL_INDEX,
            ROLES,
            SESSION_ID,
            SESSION_EPOCH,
            TOKEN_HASH,
            NEXT_HASH,
            NEXT_WRAPPED,
            SESSION_UNTIL,
            SIGNED_IN_AT,
            REGION);

    public static final List<Field<?>> ALL = Stream.<Field<?>>concat(OPERATIONAL.stream(), SEALED_WITH_ACCOUNT.stream())
            .toList();

    private StewardshipFields() {}

    static Field<?>[] sealedWithAccount() {
        return SEALED_WITH_ACCOUNT.toArray(Field<?>[]::new);
    }
}
