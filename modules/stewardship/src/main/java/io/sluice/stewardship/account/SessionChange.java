package io.sluice.stewardship.account;

import io.sluice.kernel.SubjectId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;

/** A change to a session. Each can be applied again without doing more. */
sealed interface SessionChange {

    Instant at();

    /** A session begins, with its first refresh token. */
    record Open(UUID session, SubjectId subject, Buffer token, Instant at) implements SessionChange {}

    /** A refresh token is exchanged for the next, which is proposed. */
    record Refresh(Buffer token, Buffer next, Buffer nextWrapped, Instant at) implements SessionChange {}

    /** A session ends because its owner says so. */
    record Close(UUID session, Instant at) implements SessionChange {}
}
