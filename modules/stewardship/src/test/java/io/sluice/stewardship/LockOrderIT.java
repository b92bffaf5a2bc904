package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Outcome;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The opening of an account holds its person's row by a foreign key before it comes to the fence, a withdrawal comes to the fence
 * before the row: because the latter leaves foreign keys alone, they do not wait in a circle (see {@code LockOrderRaces}).
 */
class LockOrderIT {

    @Test
    void anAccountIsOpenedWhileItsPersonWithdraws() {
        try (TownHall hall = new TownHall();
                Ground ground = new Ground(hall)) {
            SubjectId ada = hall.somebody();
            assertThat(hall.introduce(ada)).isInstanceOf(Outcome.Done.class);

            // as AccountBatch.write has it
            Ground.Open opening = ground.begin();
            opening.run("""
                    insert into stewardship.account
                        (subject, email_index, email, name, credential, locale, country, created_at)
                    values ($1, 'i', 'e', 'n', 'c', 'l', 'c', now())""", ada.value());
            // as SubjectBatch.prepare has it
            Ground.Open withdrawal = ground.begin();
            withdrawal.run("select stewardship.hold_off_effects(array[$1::uuid])", ada.value());
            Future<?> row = withdrawal
                    .connection()
                    .preparedQuery(
                            "select id from stewardship.subject where id = any ($1::uuid[]) order by id for no key update")
                    .execute(Tuple.of((Object) new UUID[] {ada.value()}));
            awaitWaiterOr(row, hall);
            // as ConsentFence.write has it
            Future<?> standing = opening.connection()
                    .preparedQuery(
                            "select stewardship.require_standing(array[$1::uuid], array[1::bigint], array[$2::timestamptz])")
                    .execute(Tuple.of(ada.value(), OffsetDateTime.now()));

            Future<String> victim = Future.all(
                            row.compose(locked -> withdrawal.transaction().commit()), standing)
                    .<String>map(ended -> "nobody")
                    .recover(cause -> Future.succeededFuture(String.valueOf(cause.getMessage())));
            assertThat(TownHall.await(victim)).as("a deadlock's victim").isEqualTo("nobody");
        }
    }

    private static void awaitWaiterOr(Future<?> done, TownHall hall) {
        while (!done.isComplete()
                && hall.sql("select 1 from pg_locks where not granted").isEmpty()) {
            TownHall.await(hall.vertx.timer(10, TimeUnit.MILLISECONDS));
        }
    }
}
