package io.sluice.stewardship.account;

import io.sluice.storage.GroupCommit;
import java.time.Duration;

/**
 * Everything about accounts and sessions that can be set.
 *
 * @param sessionLife after which a session ends, refreshed or not
 * @param tokenGrace how long a spent refresh token still has its successor; past it, it counts as stolen
 * @param sweepEvery how often sessions past their end are looked for
 * @param sweepAtMost how many of them are deleted at a time
 * @param maxWaiting how many reads may wait for the database
 */
public record SessionSettings(
        Duration sessionLife,
        Duration tokenGrace,
        Duration sweepEvery,
        int sweepAtMost,
        int maxWaiting,
        GroupCommit.Limits commits) {

    public static SessionSettings standard() {
        return new SessionSettings(
                Duration.ofDays(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                5_000,
                10_000,
                new GroupCommit.Limits(1, 200, 5_000));
    }
}
