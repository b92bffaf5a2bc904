package io.sluice.guard;

/** The handler failed. The message names the address and a code, never data; the cause is in the handler's node's log. */
public final class HandlerFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFailed(String address, String code) {
        super(address + ": " + code, null, false, false);
    }
}
