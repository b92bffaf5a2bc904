package io.sluice.ledger;

import io.sluice.kernel.SubjectId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The port to the names under which persons and records stand in the ledger: the same each time, and leading back to nobody
 * without the secret behind them.
 */
public interface Pseudonyms {

    String subject(SubjectId subject);

    /** An order's or account's pseudonym. It never equals a person's, not even for the same id. */
    String record(UUID record);

    /**
     * Pseudonyms by one keyed hash for all, cut to 128 bits.
     *
     * @param hash a hash that nobody else can compute, such as HMAC-SHA-256; at least 16 bytes; safe for many threads
     */
    static Pseudonyms keyed(UnaryOperator<byte[]> hash) {
        return new Pseudonyms() {
            @Override
            public String subject(SubjectId subject) {
                return pseudonym((byte) 's', subject.value());
            }

            @Override
            public String record(UUID record) {
                return pseudonym((byte) 'r', record);
            }

            private String pseudonym(byte kind, UUID id) {
                byte[] hashed = hash.apply(ByteBuffer.allocate(17)
                        .put(kind)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
                return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hashed, 16));
            }
        };
    }
}
