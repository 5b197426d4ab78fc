// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.time.Instant;

/**
 * How a gap is closed.
 *
 * @param after time since the last good poll from which there is a gap to be closed
 * @param schedule when polls are due
 * @param budgetShare per cent of {@code genesys.requests-per-minute} that may be used for it
 */
public record ReconcileSettings(Duration after, PollSchedule schedule, int budgetShare) {
    static ReconcileSettings from(Values values, PollSchedule schedule) {
        return new ReconcileSettings(
                values.duration("reconcile.after", Duration.ofSeconds(1), Duration.ofDays(31)),
                schedule,
                values.number("reconcile.budget-share", 1, 100));
    }

    /**
     * Whether no poll succeeded for too long: {@code reconcile.after} is over, and a poll that was due in between did
     * not go through, so that a cron of some minutes is no outage.
     */
    public boolean isGap(Instant lastGoodPoll, Instant now) {
        return lastGoodPoll.plus(after).isBefore(now) && hasMissedPoll(lastGoodPoll, now);
    }

    private boolean hasMissedPoll(Instant lastGoodPoll, Instant now) {
        return schedule.next(lastGoodPoll)
                .flatMap(schedule::next)
                .filter(afterNext -> afterNext.isAfter(now))
                .isEmpty();
    }

    /** Time between two requests for it, rounded up to whole milliseconds. */
    Duration requestInterval(Duration requestInterval) {
        return Duration.ofMillis((requestInterval.toMillis() * 100 + budgetShare - 1) / budgetShare);
    }
}
