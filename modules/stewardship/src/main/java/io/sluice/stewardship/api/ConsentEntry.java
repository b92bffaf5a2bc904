package io.sluice.stewardship.api;

import io.sluice.kernel.ValueType;

/**
 * What stands on record for one purpose: the latest of a person's records, which are never changed (clause A2).
 *
 * @param basis legal basis, as in the law: {@code contract, legitimate_interest, consent}
 * @param policyVersion the version of the law that the person saw
 * @param channel where it was said, such as {@code api}
 * @param atMillis wall-clock time of the record
 * @param needsRenewal true for a yes that no longer counts: the law in force does more for the purpose than the version it was said
 *     to, or rests on consent only since. It counts again once it is said to the version in force
 */
public record ConsentEntry(
        String purpose,
        boolean granted,
        String basis,
        String policyVersion,
        String channel,
        long atMillis,
        boolean needsRenewal) {

    static final ValueType<ConsentEntry> TYPE = ValueType.of(
            (entry, out) -> {
                ValueType.TEXT.write(entry.purpose, out);
                out.writeBoolean(entry.granted);
                ValueType.TEXT.write(entry.basis, out);
                ValueType.TEXT.write(entry.policyVersion, out);
                ValueType.TEXT.write(entry.channel, out);
                out.writeLong(entry.atMillis);
                out.writeBoolean(entry.needsRenewal);
            },
            in -> new ConsentEntry(
                    ValueType.TEXT.read(in),
                    in.readBoolean(),
                    ValueType.TEXT.read(in),
                    ValueType.TEXT.read(in),
                    ValueType.TEXT.read(in),
                    in.readLong(),
                    in.readBoolean()));
}
