package io.sluice.kernel;

import com.google.errorprone.annotations.RestrictedApi;

/**
 * A personal value in plain, inside the view of the handler that was granted it. It prints {@code •••} and is compared by
 * identity, so that it cannot leak by way of a log line, a key or a test report.
 */
public final class Plain<T> {

    private final T value;

    private Plain(T value) {
        this.value = value;
    }

    public static <T> Plain<T> of(T value) {
        return new Plain<>(value);
    }

    /** The value itself. Every new place that reads personal data is a compile error until it has been reviewed. */
    @RestrictedApi(
            explanation = "reads personal data; add the reviewed file to the list in Plain.java",
            allowedOnPath = ".*/gateway/(account/PasswordHashing|partner/Sandbox(Carrier|Provider)Verticle)[.]java"
                    + "|.*/src/test/.*")
    public T reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
