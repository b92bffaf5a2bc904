package io.sluice.gateway.account;

import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Who makes a request.
 *
 * @param roles mask of {@link Role#mask()}: those of the token that the person still has
 * @param signedInAt when the password was given; a refresh does not make it younger
 */
public record Principal(SubjectId subject, UUID sessionId, int roles, Instant signedInAt) {

    public boolean has(Role role) {
        return (roles & role.mask()) != 0;
    }

    /** Whether the password was given within that time, as the most consequential calls demand. */
    public boolean signedInWithin(Duration time, Instant now) {
        return now.isBefore(signedInAt.plus(time));
    }
}
