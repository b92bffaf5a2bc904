package io.sluice.stewardship.account;

import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.GroupRead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads accounts and sessions from PostgreSQL, in groups. */
final class AccountRows {

    private static final int QUERIES_IN_FLIGHT = 2;
    private static final int ROWS_PER_QUERY = 500;

    /** A credential as it rests, and whose it is. */
    record Credential(SubjectId subject, Sealed sealed) {}

    private final Database database;
    private final GroupRead<Buffer, Credential> credentials;
    private final GroupRead<UUID, SessionRow> sessions;

    AccountRows(Vertx vertx, Database database, SessionSettings settings) {
        this.database = database;
        int maxWaiting = settings.maxWaiting();
        credentials = new GroupRead<>(
                vertx, "credentials", QUERIES_IN_FLIGHT, ROWS_PER_QUERY, maxWaiting, this::readCredentials);
        sessions =
                new GroupRead<>(vertx, "sessions", QUERIES_IN_FLIGHT, ROWS_PER_QUERY, maxWaiting, this::readSessions);
    }

    /** The credential of whoever has this address; empty if nobody has, or they were erased. */
    Future<Optional<Credential>> credential(Buffer emailIndex) {
        return credentials.get(emailIndex);
    }

    /** The country that rests with a person's account; empty if none does. */
    Future<Optional<Sealed>> country(SubjectId person) {
        return database.query(
                        "select country from stewardship.account where subject = $1 and country is not null",
                        Tuple.of(person.value()))
                .map(rows -> {
                    Optional<Sealed> found = Optional.empty();
                    for (Row row : rows) {
                        found = Optional.of(Sealed.of(row.getBuffer(0).getBytes()));
                    }
                    return found;
                });
    }

    Future<Optional<SessionRow>> session(UUID id) {
        return sessions.get(id);
    }

    private Future<Map<Buffer, Credential>> readCredentials(List<Buffer> indexes) {
        return database.query("""
                        select a.email_index, a.subject, a.credential
                        from stewardship.account a join stewardship.subject p on p.id = a.subject
                        where a.email_index = any ($1::bytea[]) and not p.erased""", Tuple.of((Object) indexes.toArray(Buffer[]::new)))
                .map(rows -> {
                    Map<Buffer, Credential> found = new HashMap<>();
                    for (Row row : rows) {
                        Sealed sealed = Sealed.of(row.getBuffer(2).getBytes());
                        found.put(row.getBuffer(0), new Credential(new SubjectId(row.getUUID(1)), sealed));
                    }
                    return found;
                });
    }

    private Future<Map<UUID, SessionRow>> readSessions(List<UUID> ids) {
        return database.query("select " + SessionRow.COLUMNS + """

                        from stewardship.session s join stewardship.subject p on p.id = s.subject
                        where s.id = any ($1::uuid[])""", Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, SessionRow> found = new HashMap<>();
                    for (Row row : rows) {
                        SessionRow session = SessionRow.read(row);
                        found.put(session.id(), session);
                    }
                    return found;
                });
    }

    /** Deletes sessions that are past their end, with their tokens; the number deleted. */
    Future<Integer> sweep(Instant now, int atMost) {
        return database.query("""
                        delete from stewardship.session where id in (
                            select id from stewardship.session where until < $1 order by until limit $2
                            for update skip locked)""", Tuple.of(now.atOffset(ZoneOffset.UTC), atMost))
                .map(rows -> rows.rowCount());
    }
}
