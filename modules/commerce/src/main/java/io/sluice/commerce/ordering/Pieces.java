package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * So many pieces of each product, by SKU. Immutable; what there is none of is not in it.
 *
 * <p>By SKU and not by line: all lines of one product in an order have one price, and a piece has no line of its own.
 */
public record Pieces(SortedMap<String, Integer> bySku) {

    static final Pieces NONE = new Pieces(new TreeMap<>());

    public Pieces {
        SortedMap<String, Integer> some = new TreeMap<>();
        bySku.forEach((sku, quantity) -> {
            if (quantity < 0) {
                throw new IllegalArgumentException("fewer than no pieces of " + sku);
            }
            if (quantity > 0) {
                some.put(sku, quantity);
            }
        });
        bySku = Collections.unmodifiableSortedMap(some);
    }

    /** These together; a SKU may stand there several times. */
    public static Pieces of(Collection<LineWanted> lines) {
        SortedMap<String, Integer> some = new TreeMap<>();
        lines.forEach(line -> some.merge(line.sku(), line.quantity(), Math::addExact));
        return new Pieces(some);
    }

    static Pieces ofOrder(Collection<OrderLine> lines) {
        SortedMap<String, Integer> some = new TreeMap<>();
        lines.forEach(line -> some.merge(line.sku(), line.quantity(), Math::addExact));
        return new Pieces(some);
    }

    public int count(String sku) {
        return bySku.getOrDefault(sku, 0);
    }

    public boolean isEmpty() {
        return bySku.isEmpty();
    }

    /** Whether there are at least so many of each. */
    boolean covers(Pieces others) {
        return others.bySku.entrySet().stream().allMatch(other -> count(other.getKey()) >= other.getValue());
    }

    Pieces plus(Pieces others) {
        SortedMap<String, Integer> sum = new TreeMap<>(bySku);
        others.bySku.forEach((sku, quantity) -> sum.merge(sku, quantity, Math::addExact));
        return new Pieces(sum);
    }

    /** Throws if they are not {@linkplain #covers covered}. */
    Pieces minus(Pieces others) {
        SortedMap<String, Integer> rest = new TreeMap<>(bySku);
        others.bySku.forEach((sku, quantity) -> rest.merge(sku, -quantity, Integer::sum));
        return new Pieces(rest);
    }

    public List<LineWanted> lines() {
        return bySku.entrySet().stream()
                .map((Map.Entry<String, Integer> one) -> new LineWanted(one.getKey(), one.getValue()))
                .toList();
    }
}
