package io.sluice.app.node;

/** A node could not start; what had started is stopped again. Names the stage, and the cause tells the rest. */
public final class StartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailed(String stage, Throwable cause) {
        super("could not start " + stage, cause);
    }
}
