package io.sluice.kernel;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger is told of one delivery or refusal: who, what for, which fields; never a value.
 *
 * @param buyer the acting person, if the message names one
 * @param addressee the recipient, if the message names one of its own
 * @param record the order or account concerned
 * @param receiver the partner's id for a disclosure, the handler's address otherwise, with {@code #reply} for an answer
 * @param decision {@code permit} or the code of the refusal
 * @param standings the persons as the decision saw them, which must still hold when the leaf is committed; no part of the leaf,
 *     and empty for a refusal, which holds whatever has changed
 */
public record Use(
        Instant time,
        @Nullable SubjectId buyer,
        @Nullable SubjectId addressee,
        @Nullable UUID record,
        @Nullable Purpose purpose,
        String contract,
        String policyVersion,
        String receiver,
        boolean isDisclosure,
        FieldSet opened,
        FieldSet carried,
        String decision,
        List<Standing> standings) {

    public static final String PERMIT = "permit";

    public Use {
        standings = List.copyOf(standings);
    }
}
