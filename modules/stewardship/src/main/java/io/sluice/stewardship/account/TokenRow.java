package io.sluice.stewardship.account;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refresh token; spent if it has a successor. */
record TokenRow(
        Buffer hash,
        UUID session,
        @Nullable Instant spentAt,
        @Nullable Buffer successor) {

    TokenRow spent(Instant at, Buffer wrapped) {
        return new TokenRow(hash, session, at, wrapped);
    }
}
