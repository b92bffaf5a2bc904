package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.Quote;
import io.sluice.commerce.pricing.Destination;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accepting orders on a real PostgreSQL, many at once. */
final class CheckoutsIT {

    private ShopFloor floor;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void anOrderIsAcceptedAtWhatItCostsWhereItGoes() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 2));
        await(floor.place("german", "f", tea));
        await(floor.place("californian", "f", tea, new Destination("US", "CA")));
        List<Quote> costs = new ArrayList<>();
        for (UUID id : floor.accepted) {
            costs.add(OrderSummaries.of(floor.order(id)).costs());
        }
        // 19 % in 5.00, and 7.25 % in it
        assertThat(costs).extracting(Quote::total, Quote::tax).containsExactly(tuple(500L, 80L), tuple(500L, 34L));
    }

    @Test
    void anOrderToWhereNothingIsSoldIsRefusedAndLeavesNoTrace() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 1));
        assertThat(await(floor.place("key", "f", tea, new Destination("FR", null))))
                .isEqualTo(Outcome.refused(OrderRefusal.DESTINATION_NOT_SERVED, List.of("/delivery/country")));
        assertThat(await(floor.place("key", "f", tea, new Destination("US", "California"))))
                .as("it hinges on the region, and that is not written as its code")
                .isEqualTo(Outcome.refused(OrderRefusal.DESTINATION_NOT_SERVED, List.of("/delivery/region")));

        assertThat(floor.number("select count(*) from commerce.orders")).isZero();
        assertThat(floor.number("select sum(reserved) from commerce.stock")).isZero();
        assertThat(await(floor.place("key", "f", tea)))
                .as("and the key is as good as new")
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void twoHundredConcurrentCheckoutsOfTheLastFiftyPiecesSellExactlyFifty() throws Exception {
        List<Future<Outcome<Parcel>>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(floor.place("key" + i, "f", List.of(new LineWanted("scarce", 1), new LineWanted("tea", 1))));
        }
        await(Future.all(asked));
        assertThat(asked.stream().filter(one -> one.result() instanceof Outcome.Done))
                .hasSize(50);
        assertThat(asked.stream().filter(one -> isRefused(one.result(), OrderRefusal.STOCK_EXHAUSTED)))
                .hasSize(150);
        assertThat(floor.number("select reserved from commerce.stock where sku = 'scarce'"))
                .isEqualTo(50);
        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .as("all lines or none")
                .isEqualTo(50);
        assertThat(floor.number("select count(*) from commerce.orders")).isEqualTo(50);
        assertThat(floor.number("select count(*) from commerce.step")).isEqualTo(50);
        assertThat(floor.accepted).hasSize(50);
    }

    @Test
    void halfOfAllOrdersOnOneSkuInOppositeOrdersNeitherDeadlockNorOversell() throws Exception {
        List<Future<Outcome<Parcel>>> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<LineWanted> lines = i % 2 == 0
                    ? List.of(new LineWanted("scarce", 1), new LineWanted("tea", 1))
                    : List.of(new LineWanted("tea", 1), new LineWanted("scarce", 1), new LineWanted("tea", 1));
            asked.add(floor.place("key" + i, "f", lines));
        }
        await(Future.all(asked));
        assertThat(floor.number("select reserved from commerce.stock where sku = 'scarce'"))
                .isEqualTo(50);
    }

    @Test
    void oneBatchOfGoodShortDuplicateAndInvalidOrdersAnswersEachRightly() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 2));
        List<Future<Outcome<Parcel>>> asked = List.of(
                floor.place("good", "f", tea),
                floor.place("short", "f", List.of(new LineWanted("tea", 1), new LineWanted("scarce", 51))),
                floor.place("good", "f", tea),
                floor.place("good", "another body", tea),
                floor.place("unknown", "f", List.of(new LineWanted("nothing", 1))),
                floor.place("foreign", "f", List.of(new LineWanted("sushi", 1))),
                floor.place("twice", "f", List.of(new LineWanted("scarce", 30), new LineWanted("scarce", 30))),
                floor.place("fine", "f", List.of(new LineWanted("scarce", 50))));
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
        assertThat(floor.number("select count(*) from commerce.orders")).isEqualTo(2);
        assertThat(floor.number("select count(*) from storage.idempotency"))
                .as("a request that can never be right leaves no trace")
                .isEqualTo(4);
    }

    @Test
    void aRepeatedKeyIsAnsweredAlikeInLaterTransactions() throws Exception {
        List<LineWanted> tea = List.of(new LineWanted("tea", 1));
        Future<Outcome<Parcel>> first = floor.place("key", "f", tea);
        await(first);
        Future<Outcome<Parcel>> again = floor.place("key", "f", tea);
        await(again);
        assertThat(bytes(again)).isEqualTo(bytes(first));
        Future<Outcome<Parcel>> shortly = floor.place("short", "f", List.of(new LineWanted("scarce", 51)));
        await(shortly);
        Future<Outcome<Parcel>> stillShort = floor.place("short", "f", List.of(new LineWanted("scarce", 51)));
        await(stillShort);
        assertThat(stillShort.result()).isEqualTo(shortly.result());
        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .isEqualTo(1);
    }

    /** The answer's bytes, with the mark of a replay taken off. */
    private byte[] bytes(Future<Outcome<Parcel>> answer) {
        return floor.wireForm.encode(answer.result().map(parcel -> parcel.with(CommerceFields.REPLAYED, false)));
    }

    private static boolean isRefused(Outcome<Parcel> outcome, OrderRefusal why) {
        return outcome instanceof Outcome.Refused<Parcel> refused && refused.is(why);
    }
}
