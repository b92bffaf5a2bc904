package io.sluice.ledger.log;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The port to a place in another domain of trust, where what was signed is kept out of reach of whoever can rewrite the database.
 */
public interface SecondSink {

    /** One name for one place: what it has been given is remembered under it. */
    String name();

    /**
     * Keeps these notices, in their order. Succeeds only when they are kept; what is not known to be kept comes again, so a notice may
     * come twice.
     */
    Future<Void> keep(List<Notice> notices);

    /**
     * The newest head of this log that is kept there. None if there is none, or if it is a place that takes and does not tell: then
     * a database that was put back to an earlier state is noticed there, and not here.
     */
    Future<Optional<SignedHead>> newest(UUID log);

    /**
     * Something to be kept: signed heads, and what a restored database has to be brought up to date with.
     *
     * @param kind such as {@code ledger.head}
     * @param number larger than that of every notice of this kind before
     * @param json one object, on one line
     */
    record Notice(String kind, long number, String json) {

        public static final String HEAD = "ledger.head";

        static Notice of(SignedHead head) {
            return new Notice(HEAD, head.head().size(), head.json());
        }

        /** As it is kept: {@code {"kind": …, "number": …, "data": …}}. */
        public String line() {
            return "{\"kind\":\"" + kind + "\",\"number\":" + number + ",\"data\":" + json + "}";
        }
    }
}
