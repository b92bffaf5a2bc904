package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.pricing.Goods;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.kernel.Refusal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Hands out what is free on the shelves, in arrival order: all lines of an order or none, the same SKU twice counted together; and says
 * what they cost.
 * Pure; lives as long as one transaction, whose locks make the shelves its own.
 */
final class StockDesk {

    /** No sum of an order may go beyond this, in minor units. */
    private static final long MAX_TOTAL = 1_000_000_000_000L;

    /** A product's price, its class of tax, and what is free of it. */
    record Shelf(long price, String currency, String taxClass, long free) {

        /** Of rows that hold SKU, price, currency, class of tax, and how many are free. */
        static Map<String, Shelf> bySku(RowSet<Row> rows) {
            Map<String, Shelf> found = new HashMap<>();
            for (Row row : rows) {
                found.put(
                        row.getString(0),
                        new Shelf(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)));
            }
            return found;
        }
    }

    /** What comes of one order's wish. */
    sealed interface Verdict {}

    record Held(List<OrderLine> lines) implements Verdict {}

    /** What comes of asking what they cost. */
    sealed interface Price {}

    record Priced(List<OrderLine> lines) implements Price {}

    /** @param at the lines that are short, as JSON pointers */
    record Short(List<String> at) implements Verdict {}

    record Invalid(Refusal refusal, List<String> at) implements Verdict, Price {}

    private final Map<String, Shelf> shelves;
    private final Tariff tariff;
    private final Map<String, Long> taken = new HashMap<>();

    StockDesk(Map<String, Shelf> shelves, Tariff tariff) {
        this.shelves = shelves;
        this.tariff = tariff;
    }

    Verdict hold(String currency, List<LineWanted> wanted, Destination to) {
        return switch (price(currency, wanted, to)) {
            case Invalid invalid -> invalid;
            case Priced priced -> hold(wanted, priced.lines());
        };
    }

    /** What they cost there, whether they are free or not. */
    Price price(String currency, List<LineWanted> wanted, Destination to) {
        List<String> unknown = pointers(wanted, "/sku", line -> !shelves.containsKey(line.sku()));
        if (!unknown.isEmpty()) {
            return new Invalid(OrderRefusal.UNKNOWN_SKU, unknown);
        }
        List<String> foreign =
                pointers(wanted, "/sku", line -> !shelf(line).currency().equals(currency));
        if (!foreign.isEmpty()) {
            return new Invalid(OrderRefusal.CURRENCY_MISMATCH, foreign);
        }
        List<Goods> goods = wanted.stream()
                .map(line -> new Goods(
                        line.sku(),
                        line.quantity(),
                        new Money(shelf(line).price(), currency),
                        shelf(line).taxClass()))
                .toList();
        long worth = worth(goods);
        if (worth <= 0 || worth > MAX_TOTAL) {
            return new Invalid(OrderRefusal.AMOUNT_OUT_OF_RANGE, List.of("/lines"));
        }
        Optional<List<Charge>> charges = tariff.charges(to, goods);
        if (charges.isEmpty()) {
            return new Invalid(
                    OrderRefusal.DESTINATION_NOT_SERVED,
                    List.of(tariff.dividesCountry(to.country()) ? "/delivery/region" : "/delivery/country"));
        }
        return new Priced(IntStream.range(0, goods.size())
                .mapToObj(i -> new OrderLine(goods.get(i), charges.get().get(i)))
                .toList());
    }

    private Verdict hold(List<LineWanted> wanted, List<OrderLine> lines) {
        Map<String, Long> sums = new HashMap<>();
        wanted.forEach(line -> sums.merge(line.sku(), (long) line.quantity(), Math::addExact));
        List<String> shorts = pointers(
                wanted,
                "/quantity",
                line -> sums.getOrDefault(line.sku(), 0L) > shelf(line).free() - taken.getOrDefault(line.sku(), 0L));
        if (!shorts.isEmpty()) {
            return new Short(shorts);
        }
        sums.forEach((sku, quantity) -> taken.merge(sku, quantity, Math::addExact));
        return new Held(lines);
    }

    private Shelf shelf(LineWanted line) {
        return Objects.requireNonNull(shelves.get(line.sku()), "every SKU was found on a shelf");
    }

    private static long worth(List<Goods> goods) {
        try {
            return goods.stream().mapToLong(each -> each.price().minor()).reduce(0, Math::addExact);
        } catch (ArithmeticException beyond) {
            return Long.MAX_VALUE; // out of range either way
        }
    }

    private static List<String> pointers(List<LineWanted> lines, String member, Predicate<LineWanted> which) {
        List<String> pointers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (which.test(lines.get(i))) {
                pointers.add("/lines/" + i + member);
            }
        }
        return pointers;
    }

    /** What was handed out: reserved and on-hand changes by SKU. */
    Map<String, long[]> reserved() {
        Map<String, long[]> moves = new HashMap<>();
        taken.forEach((sku, quantity) -> moves.put(sku, new long[] {quantity, 0}));
        return moves;
    }
}
