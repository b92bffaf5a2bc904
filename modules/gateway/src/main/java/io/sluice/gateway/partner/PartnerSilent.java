package io.sluice.gateway.partner;

import io.sluice.kernel.OutsideFailed;

/**
 * The partner gave no answer that says what happened: nothing in time, a broken connection, a failure of its own, nonsense.
 * Holds a code, never the partner's words.
 */
final class PartnerSilent extends OutsideFailed {

    private static final long serialVersionUID = 1L;

    PartnerSilent(String partner, String code) {
        super(partner + ": " + code);
    }
}
