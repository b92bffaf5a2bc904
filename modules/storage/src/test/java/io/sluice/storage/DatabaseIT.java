package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By which name failures come out of a database. */
final class DatabaseIT extends OnAServer {

    @Test
    void aStatementThatIsWrongFailsByTheServersOwnWord() {
        Database database = Database.open(vertx, server.settings("sluice"));
        assertThatThrownBy(() -> await(database.query("select nothing", Tuple.tuple())))
                .isInstanceOf(PgException.class);
        await(database.close());
    }

    @Test
    void moreThanMayWaitForAConnectionIsNotAvailable() {
        DatabaseSettings at = server.settings("sluice");
        Database narrow = Database.open(vertx, at.within(1, 2, at.timeouts()));
        List<Future<Void>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(narrow.ping());
        }
        await(Future.join(asked).otherwiseEmpty());
        assertThat(asked).anyMatch(Future::succeeded);
        assertThat(asked.stream().filter(Future::failed))
                .isNotEmpty()
                .allSatisfy(refused -> assertThat(refused.cause()).isInstanceOf(DatabaseUnavailable.class));
        await(narrow.close());
    }

    @Test
    void onceItIsClosedItIsNotAvailable() {
        Database database = Database.open(vertx, server.settings("sluice"));
        await(database.ping());
        await(database.close());
        assertThatThrownBy(() -> await(database.ping())).isInstanceOf(DatabaseUnavailable.class);
    }

    @Test
    void whatItsEndOvertakesIsAnsweredOrNotAvailable() {
        Database database = Database.open(vertx, server.settings("sluice"));
        List<Future<Void>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(database.ping());
        }
        Future<Void> closed = database.close();
        await(Future.join(asked).otherwiseEmpty());
        await(closed);
        assertThat(asked)
                .allSatisfy(each -> assertThat(each.succeeded() || each.cause() instanceof DatabaseUnavailable)
                        .as("%s", each)
                        .isTrue());
    }
}
