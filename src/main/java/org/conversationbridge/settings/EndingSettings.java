// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * How the end of a conversation is confirmed, and its completion waited for.
 *
 * @param confirmWithin how long a conversation that polls find no more may stay unconfirmed before it is announced
 *     stale
 * @param completedAfter from the end to the first look for the completion; the pause is doubled each time
 * @param completedAttempts looks before it is given up
 * @param settleAfter from the last that happened to the look at which what is missing is taken for never to come
 * @param correctedAfter from the completion to one more look at it; 0 = none
 * @param idsPerRequest conversations requested together
 * @param overlap how late the end of a conversation may be reported
 */
public record EndingSettings(
        Duration confirmWithin,
        Duration completedAfter,
        int completedAttempts,
        Duration settleAfter,
        Duration correctedAfter,
        int idsPerRequest,
        Duration overlap) {

    static EndingSettings from(Values values) {
        return new EndingSettings(
                values.duration("ended.confirm-within", Duration.ZERO, Duration.ofDays(365)),
                values.duration("completed.first-after", Duration.ofSeconds(1), Duration.ofDays(1)),
                values.number("completed.attempts", 1, 20),
                values.duration("completed.settle-after", Duration.ZERO, Duration.ofDays(365)),
                values.duration("completed.corrections-after", Duration.ZERO, Duration.ofDays(365)),
                values.number("ended.ids-per-request", 1, 100),
                values.duration("ended.overlap", Duration.ofSeconds(1), Duration.ofHours(1)));
    }
}
