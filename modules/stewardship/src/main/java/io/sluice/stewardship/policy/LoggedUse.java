package io.sluice.stewardship.policy;

import java.util.Set;

/**
 * What the ledger says of one message, as far as the law decides about it. Never a value, and nobody's name.
 *
 * @param contract the address
 * @param isReply whether it was an answer
 * @param purpose by its id
 * @param receiver the partner's id for a disclosure
 * @param opened names of the fields that were opened
 * @param carried names of the fields that were carried
 * @param decision {@code permit}, or the code of the refusal
 */
public record LoggedUse(
        String contract,
        boolean isReply,
        String purpose,
        String receiver,
        boolean isDisclosure,
        Set<String> opened,
        Set<String> carried,
        String decision) {

    public LoggedUse {
        opened = Set.copyOf(opened);
        carried = Set.copyOf(carried);
    }
}
