package io.sluice.load;

/** The run cannot go on, or its numbers would mean nothing. The message says all there is to say to who runs it. */
final class BenchFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchFailed(String message) {
        super(message);
    }

    BenchFailed(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
