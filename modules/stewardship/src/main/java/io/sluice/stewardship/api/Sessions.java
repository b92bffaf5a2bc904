package io.sluice.stewardship.api;

import static io.sluice.stewardship.api.StewardshipFields.NEXT_HASH;
import static io.sluice.stewardship.api.StewardshipFields.NEXT_WRAPPED;
import static io.sluice.stewardship.api.StewardshipFields.ROLES;
import static io.sluice.stewardship.api.StewardshipFields.SESSION_EPOCH;
import static io.sluice.stewardship.api.StewardshipFields.SESSION_ID;
import static io.sluice.stewardship.api.StewardshipFields.SESSION_UNTIL;
import static io.sluice.stewardship.api.StewardshipFields.SIGNED_IN_AT;
import static io.sluice.stewardship.api.StewardshipFields.TOKEN_HASH;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.guard.Parties;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, each a family of refresh tokens of which one at a time is good. Tokens are made by the asker and known here by
 * their SHA-256 alone.
 */
public final class Sessions {

    /** Begins a session of the parcel's buyer, with its first refresh token. */
    public static final Address<Open, Session> OPEN = Address.of("session.open", Purpose.IDENTITY_CONFIRMATION)
            .reads(SESSION_ID, TOKEN_HASH)
            .as(granted -> new Open(granted.read(SESSION_ID), granted.read(TOKEN_HASH)))
            .answersReading(SESSION_ID, SESSION_EPOCH, ROLES, SESSION_UNTIL, SIGNED_IN_AT)
            .as(Session::from);

    /**
     * Exchanges a refresh token for the next. The same token within ten seconds has the same successor (a lost answer, two
     * tabs); later it is taken for stolen and ends the session.
     */
    public static final Address<Refresh, Refreshed> REFRESH = Address.of(
                    "session.refresh", Purpose.IDENTITY_CONFIRMATION)
            .reads(TOKEN_HASH, NEXT_HASH, NEXT_WRAPPED)
            .as(granted -> new Refresh(granted.read(TOKEN_HASH), granted.read(NEXT_HASH), granted.read(NEXT_WRAPPED)))
            .answersReading(SESSION_ID, SESSION_EPOCH, ROLES, SESSION_UNTIL, SIGNED_IN_AT, NEXT_WRAPPED)
            .as(granted -> new Refreshed(Session.from(granted), granted.read(NEXT_WRAPPED)));

    /** Ends a session; ending it again changes nothing. Its access tokens are refused once the leases on it are over. */
    public static final Address<UUID, Address.Done> CLOSE = Address.of("session.close", Purpose.IDENTITY_CONFIRMATION)
            .reads(SESSION_ID)
            .as(granted -> granted.read(SESSION_ID))
            .withoutAnswer();

    /** Whether a session still goes on: the session, or a refusal. */
    public static final Address<UUID, Session> CHECK = Address.of("session.check", Purpose.IDENTITY_CONFIRMATION)
            .reads(SESSION_ID)
            .as(granted -> granted.read(SESSION_ID))
            .answersReading(SESSION_ID, SESSION_EPOCH, ROLES, SESSION_UNTIL, SIGNED_IN_AT)
            .as(Session::from);

    /** Announced when a session has ended, so that other nodes need not wait for their leases. */
    public static final Address<UUID, Address.Done> ENDED = Address.of("session.ended", Purpose.IDENTITY_CONFIRMATION)
            .reads(SESSION_ID)
            .as(granted -> granted.read(SESSION_ID))
            .withoutAnswer();

    private Sessions() {}

    public record Open(UUID sessionId, String tokenHash) {}

    public record Refresh(String tokenHash, String nextHash, String nextWrapped) {}

    /** @param nextWrapped the succeeding token, to be unwrapped with its predecessor; the proposed one, or an earlier */
    public record Refreshed(Session session, String nextWrapped) {}

    /**
     * @param roles mask, as it stands now
     * @param untilMillis when it ends at the latest
     * @param signedInAtMillis when the password was given
     */
    public record Session(UUID id, SubjectId subject, long epoch, long roles, long untilMillis, long signedInAtMillis) {

        private static Session from(Granted granted) {
            Parties parties = granted.parties();
            @Nullable SubjectId subject = parties.buyer();
            return new Session(
                    granted.read(SESSION_ID),
                    Objects.requireNonNull(subject, "a session of nobody"),
                    granted.read(SESSION_EPOCH),
                    granted.read(ROLES),
                    granted.read(SESSION_UNTIL),
                    granted.read(SIGNED_IN_AT));
        }
    }
}
