package io.sluice.kernel;

import com.google.errorprone.annotations.RestrictedApi;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A personal value in plain, inside the view of the handler that was granted it. It prints {@code •••} and is compared by
 * identity, so that it cannot leak by way of a log line, a key or a test report.
 */
public final class Plain<T> {

    private final T value;
    private @Nullable LongAdder unread;

    private Plain(T value, @Nullable LongAdder unread) {
        this.value = value;
        this.unread = unread;
    }

    public static <T> Plain<T> of(T value) {
        return new Plain<>(value, null);
    }

    /** The same value, whose first reading adds one to that count: it tells a grant that is needed from one that is not. */
    public Plain<T> countedBy(LongAdder readings) {
        return new Plain<>(value, readings);
    }

    /** What a mask shows of a value, as a value of its own: the whole one cannot be had from it. */
    static Plain<String> masked(Plain<String> whole, Mask mask) {
        return of(mask.shown(whole.value));
    }

    /** The value itself. Every new place that reads personal data is a compile error until it has been reviewed. */
    @RestrictedApi(
            explanation = "reads personal data; add the reviewed file to the list in Plain.java",
            allowedOnPath = ".*/commerce/(fraud/FraudVerticle|pricing/Destination)[.]java"
                    + "|.*/gateway/(account/PasswordHashing|order/PersonsJson)[.]java"
                    + "|.*/gateway/partner/(SandboxCarrier|SandboxProvider|StripeProvider)Verticle[.]java"
                    + "|.*/src/test/.*")
    public T reveal() {
        LongAdder count = unread;
        if (count != null) {
            unread = null; // two threads at once may both count it: a figure for lawmakers, not for judges
            count.increment();
        }
        return value;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
