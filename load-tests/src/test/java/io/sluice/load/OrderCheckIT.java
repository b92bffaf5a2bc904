package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderCheckIT {

    private static final UUID ORDER = UUID.fromString("0197a2b4-1c2d-7e3f-8a4b-5c6d7e8f9000");

    private final DatabaseSettings settings = PostgresFixture.freshDatabase("commerce");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Server server;

    @BeforeEach
    void anOrderThatHoldsTwoPieces() throws Exception {
        JsonObject world = new JsonObject()
                .put("database_port", settings.port())
                .put("user", settings.user())
                .put("password", settings.password());
        Files.writeString(folder.resolve("world.json"), world.encode());
        server = Server.of(folder);
        run("insert into commerce.product (sku, name, price, currency) values ('SKU-000001', 'One', 1, 'EUR')");
        run("insert into commerce.stock (sku, on_hand, reserved) values ('SKU-000001', " + Seeding.ON_HAND + ", 2)");
        run("""
                insert into commerce.orders (id, buyer, state, version, document, sealed, created_at) values ('%s',
                '00000000-0000-0000-0000-000000000001', 'PLACED', 2,
                '{"lines": [{"sku": "SKU-000001", "quantity": 2}]}', '', now())""".formatted(ORDER));
    }

    @Test
    void ordersThatAreThereOnceWithTheirStockAreInOrder() throws Exception {
        assertThat(findings(ORDER)).isEmpty();
    }

    @Test
    void stockThatHasGoneOutIsAccountedForToo() throws Exception {
        run("update commerce.stock set on_hand = on_hand - 2, reserved = 0");
        run("update commerce.orders set document = jsonb_set(document, '{committed}', document -> 'lines')");

        assertThat(findings(ORDER)).isEmpty();
    }

    @Test
    void anAnswerWithoutARowIsFound() throws Exception {
        assertThat(findings(ORDER, UUID.randomUUID()))
                .hasSize(2)
                .first()
                .asString()
                .contains("1 of them");
    }

    @Test
    void anOrderThatWasAnsweredTwiceIsFound() throws Exception {
        assertThat(findings(ORDER, ORDER)).isNotEmpty();
    }

    @Test
    void aRowWithoutAnAnswerIsFound() throws Exception {
        assertThat(findings()).singleElement().asString().contains("1 orders are in the database");
    }

    @Test
    void stockThatDiffersFromTheLinesIsFound() throws Exception {
        run("update commerce.stock set reserved = 1");

        assertThat(findings(ORDER)).singleElement().asString().contains("stock of 1 SKUs");
    }

    @Test
    void stockThatAReleasedOrderStillHoldsIsFound() throws Exception {
        run("update commerce.orders set document = jsonb_set(document, '{released}', document -> 'lines')");

        assertThat(findings(ORDER)).singleElement().asString().contains("stock of 1 SKUs");
    }

    private void run(String sql) throws Exception {
        server.run(settings.database(), sql);
    }

    private List<String> findings(UUID... answered) throws Exception {
        return new OrderCheck(server, settings.database()).findings(List.of(answered));
    }
}
