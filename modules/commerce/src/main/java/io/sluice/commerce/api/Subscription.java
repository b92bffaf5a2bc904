package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;
import java.util.List;
import java.util.UUID;

/**
 * Where a system of the merchant's wants to be told what happens to orders, and how that goes.
 *
 * @param events the kinds of event that it wants; none for all
 * @param isActive false once the receiver has said that it is gone (410), until it is enabled again
 * @param secretsMadeAt when each secret was made, as wall-clock milliseconds; a secret's place in the list is its number
 * @param waiting orders of which something has still to be told
 * @param parked events for which all tries were in vain
 * @param troubles why orders wait longer than they should, and how many
 */
public record Subscription(
        UUID id,
        String url,
        List<String> events,
        boolean isActive,
        List<Long> secretsMadeAt,
        long createdAtMillis,
        long waiting,
        long parked,
        List<Trouble> troubles) {

    /** @param reason a code of the receiver's failure, or of the refusal that holds it back */
    public record Trouble(String reason, long orders) {

        private static final ValueType<Trouble> TYPE = ValueType.of(
                (trouble, out) -> {
                    ValueType.TEXT.write(trouble.reason, out);
                    out.writeLong(trouble.orders);
                },
                in -> new Trouble(ValueType.TEXT.read(in), in.readLong()));
    }

    private static final ValueType<List<String>> TEXTS = ValueType.listOf(ValueType.TEXT);
    private static final ValueType<List<Long>> TIMES = ValueType.listOf(ValueType.LONG);
    private static final ValueType<List<Trouble>> TROUBLES = ValueType.listOf(Trouble.TYPE);

    static final ValueType<Subscription> TYPE = ValueType.of(
            (one, out) -> {
                ValueType.ID.write(one.id, out);
                ValueType.TEXT.write(one.url, out);
                TEXTS.write(one.events, out);
                out.writeBoolean(one.isActive);
                TIMES.write(one.secretsMadeAt, out);
                out.writeLong(one.createdAtMillis);
                out.writeLong(one.waiting);
                out.writeLong(one.parked);
                TROUBLES.write(one.troubles, out);
            },
            in -> new Subscription(
                    ValueType.ID.read(in),
                    ValueType.TEXT.read(in),
                    TEXTS.read(in),
                    in.readBoolean(),
                    TIMES.read(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    TROUBLES.read(in)));

    public Subscription {
        events = List.copyOf(events);
        secretsMadeAt = List.copyOf(secretsMadeAt);
        troubles = List.copyOf(troubles);
    }

    /** As it is asked for, before there is one. */
    public static Subscription wanted(UUID id, String url, List<String> events) {
        return new Subscription(id, url, events, true, List.of(), 0, 0, 0, List.of());
    }
}
