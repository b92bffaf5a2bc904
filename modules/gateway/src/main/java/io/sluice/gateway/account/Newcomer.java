package io.sluice.gateway.account;

import io.sluice.stewardship.api.PurposeWish;
import java.util.List;

/**
 * Somebody who wants an account, as they say, found to be well-formed.
 *
 * @param channel where they say it, such as {@code api}
 */
record Newcomer(
        EmailAddress email,
        String password,
        String name,
        String locale,
        String country,
        List<PurposeWish> wishes,
        String policyVersion,
        String channel) {

    Newcomer {
        wishes = List.copyOf(wishes);
    }

    @Override
    public String toString() {
        return "•••";
    }
}
