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

    /**
     * An order's or account's pseudonym: {@code H(06 ‖ salt ‖ id)}, cut to 128 bits. It never equals a person's, not even for the
     * same id.
     */
    String record(UUID record);

    /**
     * What shows to somebody who knows a record's id, and nothing else, that the pseudonym is its own: 32 bytes. It is for the
     * record's customer alone.
     */
    byte[] salt(UUID record);

    /**
     * Pseudonyms by one keyed hash for all.
     *
     * @param hash a hash that nobody else can compute, such as HMAC-SHA-256; at least 32 bytes; safe for many threads
     */
    static Pseudonyms keyed(UnaryOperator<byte[]> hash) {
        return new Pseudonyms() {
            @Override
            public String subject(SubjectId subject) {
                return text(hashed((byte) 's', subject.value()));
            }

            @Override
            public String record(UUID record) {
                return text(HashTree.record(salt(record), record));
            }

            @Override
            public byte[] salt(UUID record) {
                return Arrays.copyOf(hashed((byte) 'r', record), 32);
            }

            private byte[] hashed(byte kind, UUID id) {
                return hash.apply(ByteBuffer.allocate(17)
                        .put(kind)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
            }

            private static String text(byte[] hashed) {
                return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hashed, 16));
            }
        };
    }
}
