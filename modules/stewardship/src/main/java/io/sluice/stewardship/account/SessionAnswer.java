package io.sluice.stewardship.account;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What became of a {@link SessionChange}. */
sealed interface SessionAnswer {

    /** The session goes on; after a refresh, with the succeeding token as wrapped when it was first given. */
    record GoesOn(SessionRow session, Optional<Buffer> nextWrapped) implements SessionAnswer {}

    /** There is no such session or token, or no longer; or it has ended as wished. */
    record Over() implements SessionAnswer {}

    /** The person is not known any more. */
    record Nobody() implements SessionAnswer {}

    /** A spent token was used again: the session was ended. */
    record Stolen(SessionRow session) implements SessionAnswer {}
}
