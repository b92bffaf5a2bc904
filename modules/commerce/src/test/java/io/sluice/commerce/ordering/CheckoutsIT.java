package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.ProductOffer;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.guard.WireForm;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accepting orders on a real PostgreSQL, many at once. */
final class CheckoutsIT {

    private static final Catalogue CATALOGUE = Catalogue.of(CommerceFields.ALL);

    private final Vertx vertx = Vertx.vertx();
    private final Ids ids = Ids.secure(InstantSource.system());
    private final WireForm wireForm = new WireForm(CATALOGUE);
    private final List<UUID> accepted = new CopyOnWriteArrayList<>();
    private Database database;
    private Checkouts checkouts;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(vertx, PostgresFixture.freshDatabase("storage", "commerce"));
        checkouts = new Checkouts(
                vertx,
                database,
                new GroupCommit.Limits(2, 100, 10_000),
                List.of(),
                wireForm,
                InstantSource.system(),
                accepted::add,
                new SimpleMeterRegistry());
        await(new OrderReads(vertx, database, 100)
                .stock(List.of(
                        new ProductOffer("scarce", "Scarce", 100, "EUR", 50),
                        new ProductOffer("tea", "Tea", 250, "EUR", 100_000),
                        new ProductOffer("sushi", "Sushi", 900, "JPY", 100_000))));
    }

    @AfterEach
    void close() throws Exception {
        await(checkouts.close());
        await(database.close());
        await(vertx.close());
    }

    @Test
    void twoHundredConcurrentCheckoutsOfTheLastFiftyPiecesSellExactlyFifty() throws Exception {
        List<Future<Outcome<Parcel>>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(place("key" + i, "f", List.of(new LineWanted("scarce", 1), new LineWanted("tea", 1))));
        }
        await(Future.all(asked));
        assertThat(asked.stream().filter(one -> one.result() instanceof Outcome.Done))
                .hasSize(50);
        assertThat(asked.stream().filter(one -> isRefused(one.result(), OrderRefusal.STOCK_EXHAUSTED)))
                .hasSize(150);
        assertThat(number("select reserved from commerce.stock where sku = 'scarce'"))
                .isEqualTo(50);
        assertThat(number("select reserved from commerce.stock where sku = 'tea'"))
                .as("all lines or none")
                .isEqualTo(50);
        assertThat(number("select count(*) from commerce.orders")).isEqualTo(50);
        assertThat(number("select count(*) from commerce.step")).isEqualTo(50);
        assertThat(accepted).hasSize(50);
    }

    @Test
    void halfOfAllOrdersOnOneSkuInOppositeOrdersNeitherDeadlockNorOversell() throws Exception {
        List<Future<Outcome<Parcel>>> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<LineWanted> lines = i % 2 == 0
                    ? List.of(new LineWanted("scarce", 1), new LineWanted("tea", 1))
                    : List.of(new LineWanted("tea", 1), new LineWanted("scarce", 1), new LineWanted("tea", 1));
            asked.add(place("key" + i, "f", lines));
        }
        await(Future.all(asked));
        assertThat(number("select reserved from commerce.stock where sku = 'scarce'"))
                .isEqualTo(50);
    }

    @Test
    void oneBatchOfGoodShortDuplicateAndInvalidOrdersAnswersEachRightly() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 2));
        List<Future<Outcome<Parcel>>> asked = List.of(
                place("good", "f", tea),
                place("short", "f", List.of(new LineWanted("tea", 1), new LineWanted("scarce", 51))),
                place("good", "f", tea),
                place("good", "another body", tea),
                place("unknown", "f", List.of(new LineWanted("nothing", 1))),
                place("foreign", "f", List.of(new LineWanted("sushi", 1))),
                place("twice", "f", List.of(new LineWanted("scarce", 30), new LineWanted("scarce", 30))),
                place("fine", "f", List.of(new LineWanted("scarce", 50))));
        await(Future.all(asked));

        assertThat(asked.get(0).result()).isInstanceOf(Outcome.Done.class);
        assertThat(asked.get(1).result()).isEqualTo(Outcome.refused(OrderRefusal.STOCK_EXHAUSTED, "/lines/1/quantity"));
        assertThat(bytes(asked.get(2)))
                .as("the first answer, but for the mark of a replay")
                .isEqualTo(bytes(asked.get(0)));
        assertThat(asked.get(3).result()).isEqualTo(Outcome.refused(OrderRefusal.KEY_REUSED));
        assertThat(asked.get(4).result()).isEqualTo(Outcome.refused(OrderRefusal.UNKNOWN_SKU, "/lines/0/sku"));
        assertThat(asked.get(5).result()).isEqualTo(Outcome.refused(OrderRefusal.CURRENCY_MISMATCH, "/lines/0/sku"));
        assertThat(isRefused(asked.get(6).result(), OrderRefusal.STOCK_EXHAUSTED))
                .isTrue();
        assertThat(asked.get(7).result()).as("what was short held nothing").isInstanceOf(Outcome.Done.class);
        assertThat(number("select count(*) from commerce.orders")).isEqualTo(2);
        assertThat(number("select count(*) from storage.idempotency"))
                .as("a request that can never be right leaves no trace")
                .isEqualTo(4);
    }

    @Test
    void aRepeatedKeyIsAnsweredAlikeInLaterTransactions() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 1));
        Future<Outcome<Parcel>> first = place("key", "f", tea);
        await(first);
        Future<Outcome<Parcel>> again = place("key", "f", tea);
        await(again);
        assertThat(bytes(again)).isEqualTo(bytes(first));
        Future<Outcome<Parcel>> shortly = place("short", "f", List.of(new LineWanted("scarce", 51)));
        await(shortly);
        Future<Outcome<Parcel>> stillShort = place("short", "f", List.of(new LineWanted("scarce", 51)));
        await(stillShort);
        assertThat(stillShort.result()).isEqualTo(shortly.result());
        assertThat(number("select reserved from commerce.stock where sku = 'tea'"))
                .isEqualTo(1);
    }

    private Future<Outcome<Parcel>> place(String scope, String fingerprint, List<LineWanted> lines) {
        UUID id = OperationIds.newOrder(ids);
        Checkout view = new Checkout(
                id, "EUR", lines, scope, fingerprint, Map.of(CommerceFields.DELIVERY_NAME, Sealed.of(new byte[] {1, 2, 3
                })));
        return checkouts.place(new Delivery<>(view, Parties.of(new SubjectId(new UUID(0, 1)), id), List.of()));
    }

    /** The answer's bytes, with the mark of a replay taken off. */
    private byte[] bytes(Future<Outcome<Parcel>> answer) {
        return wireForm.encode(answer.result().map(parcel -> parcel.with(CommerceFields.REPLAYED, false)));
    }

    private static boolean isRefused(Outcome<Parcel> outcome, OrderRefusal why) {
        return outcome instanceof Outcome.Refused<Parcel> refused && refused.is(why);
    }

    private long number(String sql) throws Exception {
        return await(database.query(sql, Tuple.tuple())).iterator().next().getLong(0);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
