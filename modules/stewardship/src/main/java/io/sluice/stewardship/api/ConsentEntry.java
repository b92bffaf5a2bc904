package io.sluice.stewardship.api;

import io.sluice.kernel.ValueType;

/**
 * What stands on record for one purpose: the latest of a person's records, which are never changed (clause A2).
 *
 * @param basis legal basis, as in the law: {@code contract, legitimate_interest, consent}
 * @param policyVersion the version of the law that the person saw
 * @param channel where it was said, such as {@code api}
 * @param atMillis wall-clock time of the record
 */
public record ConsentEntry(
        String purpose, boolean granted, String basis, String policyVersion, String channel, long atMillis) {

    static final ValueType<ConsentEntry> TYPE = ValueType.of(
            (entry, out) -> {
                ValueType.TEXT.write(entry.purpose, out);
                out.writeBoolean(entry.granted);
                ValueType.TEXT.write(entry.basis, out);
                ValueType.TEXT.write(entry.policyVersion, out);
                ValueType.TEXT.write(entry.channel, out);
                out.writeLong(entry.atMillis);
            },
            in -> new ConsentEntry(
                    ValueType.TEXT.read(in),
                    in.readBoolean(),
                    ValueType.TEXT.read(in),
                    ValueType.TEXT.read(in),
                    ValueType.TEXT.read(in),
                    in.readLong()));
}
