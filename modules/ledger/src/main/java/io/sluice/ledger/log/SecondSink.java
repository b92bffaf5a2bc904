package io.sluice.ledger.log;

import io.vertx.core.Future;
import java.util.List;

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
