package io.sluice.stewardship.account;

import static io.sluice.stewardship.api.StewardshipFields.COUNTRY;
import static io.sluice.stewardship.api.StewardshipFields.CREDENTIAL;
import static io.sluice.stewardship.api.StewardshipFields.EMAIL;
import static io.sluice.stewardship.api.StewardshipFields.LOCALE;
import static io.sluice.stewardship.api.StewardshipFields.NAME;

import io.sluice.kernel.Field;
import io.sluice.storage.Batch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Opens accounts, many in one transaction. Where the e-mail address or the person has an account already, none is made. The
 * answer says whether one was, and goes no further than this room.
 */
final class AccountBatch implements Batch<NewAccount, Boolean> {

    @Override
    public Future<Plan<Boolean>> prepare(SqlConnection transaction, List<NewAccount> wanted) {
        Buffer[] indexes = wanted.stream().map(NewAccount::emailIndex).toArray(Buffer[]::new);
        UUID[] subjects =
                wanted.stream().map(account -> account.subject().value()).toArray(UUID[]::new);
        return transaction
                .preparedQuery("""
                        select email_index, subject from stewardship.account
                        where email_index = any ($1::bytea[]) or subject = any ($2::uuid[])""")
                .execute(Tuple.of(indexes, (Object) subjects))
                .map(rows -> {
                    Set<Buffer> takenIndexes = new HashSet<>();
                    Set<UUID> takenSubjects = new HashSet<>();
                    for (Row row : rows) {
                        takenIndexes.add(row.getBuffer(0));
                        takenSubjects.add(row.getUUID(1));
                    }
                    return decide(wanted, takenIndexes, takenSubjects);
                });
    }

    private static AccountPlan decide(List<NewAccount> wanted, Set<Buffer> takenIndexes, Set<UUID> takenSubjects) {
        List<NewAccount> opened = new ArrayList<>();
        List<Boolean> answers = new ArrayList<>();
        for (NewAccount account : wanted) {
            // one batch may want the same address twice: the first has it
            boolean isFree =
                    !takenSubjects.contains(account.subject().value()) && !takenIndexes.contains(account.emailIndex());
            if (isFree) {
                takenIndexes.add(account.emailIndex());
                takenSubjects.add(account.subject().value());
                opened.add(account);
            }
            answers.add(isFree);
        }
        return new AccountPlan(opened, answers);
    }

    private record AccountPlan(List<NewAccount> opened, List<Boolean> answers) implements Plan<Boolean> {

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            if (opened.isEmpty()) {
                return List.of();
            }
            return List.of(transaction
                    .preparedQuery("""
                            insert into stewardship.account
                                (subject, email_index, email, name, credential, locale, country, created_at)
                            select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[],
                                $6::bytea[], $7::bytea[], $8::timestamptz[])""")
                    .execute(Tuple.of(
                            opened.stream()
                                    .map(account -> account.subject().value())
                                    .toArray(UUID[]::new),
                            opened.stream().map(NewAccount::emailIndex).toArray(Buffer[]::new),
                            column(EMAIL),
                            column(NAME),
                            column(CREDENTIAL),
                            column(LOCALE),
                            column(COUNTRY),
                            opened.stream()
                                    .map(account -> account.at().atOffset(ZoneOffset.UTC))
                                    .toArray(OffsetDateTime[]::new))));
        }

        private Buffer[] column(Field<String> field) {
            return opened.stream().map(account -> account.ciphertext(field)).toArray(Buffer[]::new);
        }
    }
}
