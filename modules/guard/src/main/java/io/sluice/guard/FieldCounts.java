package io.sluice.guard;

import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Plain;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often each field came to one address in one direction, was delivered, and was read. It is on the way of every message,
 * so it adds to counts that lie ready, by the field's id, and looks nothing up.
 */
final class FieldCounts {

    private final FieldSet watched;
    private final LongAdder deliveries = new LongAdder();
    private final @Nullable LongAdder[] present = new LongAdder[Field.MAX];
    private final @Nullable LongAdder[] delivered = new LongAdder[Field.MAX];
    private final @Nullable LongAdder[] read = new LongAdder[Field.MAX];

    /** @param watched the fields that the address wants: no other can be delivered there */
    FieldCounts(FieldSet watched) {
        this.watched = watched;
        for (long rest = watched.bits(); rest != 0; rest &= rest - 1) {
            int id = Long.numberOfTrailingZeros(rest);
            present[id] = new LongAdder();
            delivered[id] = new LongAdder();
            read[id] = new LongAdder();
        }
    }

    /** A message came with these fields, whatever will become of it. */
    void came(FieldSet fields) {
        add(present, fields.bits());
    }

    /** One was delivered with these. */
    void delivered(FieldSet fields) {
        deliveries.increment();
        add(delivered, fields.bits());
    }

    /** The view took these, as bits, in clear or as ciphertext. */
    void read(long fields) {
        add(read, fields);
    }

    /** The value, which counts as read once it is revealed. */
    <T> Plain<T> watch(Field<T> field, Plain<T> value) {
        LongAdder count = read[field.id()];
        return count == null ? value : value.countedBy(count);
    }

    private void add(@Nullable LongAdder[] counts, long fields) {
        for (long rest = fields & watched.bits(); rest != 0; rest &= rest - 1) {
            LongAdder count = counts[Long.numberOfTrailingZeros(rest)];
            if (count != null) {
                count.increment();
            }
        }
    }

    long deliveries() {
        return deliveries.sum();
    }

    @Nullable LongAdder ofPresent(Field<?> field) {
        return present[field.id()];
    }

    @Nullable LongAdder ofDelivered(Field<?> field) {
        return delivered[field.id()];
    }

    @Nullable LongAdder ofRead(Field<?> field) {
        return read[field.id()];
    }
}
