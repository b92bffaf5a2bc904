package io.sluice.vault;

import io.sluice.kernel.Unavailable;

/**
 * The permit is not good any more: it was used before, is too old, or rests on a snapshot whose lease has ended. Whoever asks
 * again is decided about anew.
 */
public final class PermitLapsed extends Unavailable {

    private static final long serialVersionUID = 1L;

    PermitLapsed() {
        super("permit");
    }
}
