package io.sluice.commerce.ordering;

import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What partners call payments and parcels. Taken down with the order's change that brings the name, and only where somebody tells of them
 * by that name and by no id of ours.
 */
final class PartnerReferences {

    /** @param partner whose name it is */
    record Key(String topic, String partner, String reference) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::topic).thenComparing(Key::partner).thenComparing(Key::reference);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private PartnerReferences() {}

    /**
     * What is called so by one of these partners; empty if nothing is yet, or if two of them use the same name: then nobody can say which
     * is meant.
     */
    static Future<Optional<UUID>> find(Database database, String topic, Set<String> partners, String reference) {
        return database.query("""
                        select operation from commerce.partner_reference
                        where topic = $1 and partner = any ($2) and reference = $3 limit 2""", Tuple.of(topic, partners.toArray(String[]::new), reference))
                .map(PartnerReferences::only);
    }

    private static Optional<UUID> only(RowSet<Row> rows) {
        return rows.size() == 1 ? Optional.of(rows.iterator().next().getUUID(0)) : Optional.empty();
    }

    /** Adds the names that a change has brought; what was called so before is not new. */
    static void collect(Map<Key, UUID> names, Partners partners, String provider, Order before, Order after) {
        if (partners.payments().named().contains(provider)) {
            after.all(OperationKind.AUTHORIZE)
                    .forEach(one -> name(
                                    one.reference(), before.operation(one.id()).map(Operation::reference))
                            .ifPresent(name -> names.put(new Key(Callbacks.PAYMENT.name(), provider, name), one.id())));
        }
        String carrier = partners.carriers().chosen();
        if (partners.carriers().named().contains(carrier)) {
            after.shipments()
                    .forEach(one -> name(
                                    one.trackingNumber(),
                                    before.shipment(one.id()).map(Shipment::trackingNumber))
                            .ifPresent(name -> names.put(new Key(Callbacks.SHIPMENT.name(), carrier, name), one.id())));
        }
    }

    private static Optional<String> name(@Nullable String now, Optional<String> before) {
        return Optional.ofNullable(now)
                .filter(name -> before.filter(name::equals).isEmpty());
    }

    /** Writes the names of one transaction, in their order, so that two transactions with the same names do not wait for each other. */
    static OrderRows write(OrderRows rows, SortedMap<Key, UUID> names) {
        Set<Key> keys = names.keySet();
        return rows.issue(
                keys.isEmpty(),
                """
                insert into commerce.partner_reference (topic, partner, reference, operation)
                select t, p, r, o from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as u (t, p, r, o)
                on conflict (topic, partner, reference) do update set operation = excluded.operation""",
                Tuple.of(
                        keys.stream().map(Key::topic).toArray(String[]::new),
                        keys.stream().map(Key::partner).toArray(String[]::new),
                        keys.stream().map(Key::reference).toArray(String[]::new),
                        names.values().toArray(UUID[]::new)));
    }
}
