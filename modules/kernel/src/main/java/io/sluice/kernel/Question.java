package io.sluice.kernel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message as the kernel sees it: where to, for what, which fields, whose, and when. Never the values.
 *
 * @param isReply true for the answer on its way back to the asker
 * @param purpose what the sender says that it is for
 * @param wanted the fields that the receiver's code asks for
 * @param present the fields that the message holds
 * @param buyer the acting person's snapshot; null if the message names none or nobody knows them
 * @param addressee the recipient's snapshot; null if the message names no recipient of its own
 * @param namesAddressee true if the message names a recipient, known or not
 * @param record the record that the fields belong to (order or account), part of each ciphertext's associated data
 * @param now wall-clock time, held against agreements and the deadline
 * @param nowNanos monotonic time, held against snapshot leases
 */
public record Question(
        String address,
        boolean isReply,
        Purpose purpose,
        Wants wanted,
        FieldSet present,
        @Nullable SubjectSnapshot buyer,
        @Nullable SubjectSnapshot addressee,
        boolean namesAddressee,
        @Nullable UUID record,
        Instant deadline,
        Instant now,
        long nowNanos) {}
