package io.sluice.stewardship.account;

import io.sluice.guard.Parcel;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A session with what must be known of its person.
 *
 * @param isVoid ended, or its person erased or in a later epoch
 */
record SessionRow(
        UUID id, SubjectId subject, long epoch, long roles, Instant signedInAt, Instant until, boolean isVoid) {

    /** To be read by {@link #read}; {@code s} is the session, {@code p} its person. */
    static final String COLUMNS = """
            s.id, s.subject, s.epoch, p.roles, s.signed_in_at, s.until,
            s.ended_at is not null or p.erased or p.session_epoch <> s.epoch""";

    static SessionRow read(Row row) {
        return new SessionRow(
                row.getUUID(0),
                new SubjectId(row.getUUID(1)),
                row.getInteger(2),
                row.getInteger(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getBoolean(6));
    }

    boolean goesOnAt(Instant now) {
        return !isVoid && now.isBefore(until);
    }

    SessionRow ended() {
        return new SessionRow(id, subject, epoch, roles, signedInAt, until, true);
    }

    /** As an answer: about its person, without a word that is personal. */
    Parcel parcel() {
        return Parcel.about(Persons.of(subject))
                .with(StewardshipFields.SESSION_ID, id)
                .with(StewardshipFields.SESSION_EPOCH, epoch)
                .with(StewardshipFields.ROLES, roles)
                .with(StewardshipFields.SESSION_UNTIL, until.toEpochMilli())
                .with(StewardshipFields.SIGNED_IN_AT, signedInAt.toEpochMilli());
    }
}
