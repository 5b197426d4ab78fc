// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * How the recent history of an agent is obtained.
 *
 * @param window how far back it reaches
 * @param limit conversations listed per message
 * @param agentsPerQuery agents queried in one query
 * @param cacheTtl how long an answer is reused
 * @param maxInterval longest interval of one analytics query
 * @param pageSize conversations per request
 * @param maxPages requests per look-up before the history is partial
 * @param retryAfter how long a failed look-up is not repeated
 * @param onUnavailable what becomes of a message whose history is unavailable
 * @param completeLater whether a message that was sent without it is followed by one with it, once it is known
 */
public record HistorySettings(
        Duration window,
        int limit,
        int agentsPerQuery,
        Duration cacheTtl,
        Duration maxInterval,
        int pageSize,
        int maxPages,
        Duration retryAfter,
        OnUnavailable onUnavailable,
        boolean completeLater) {

    /** What becomes of a message whose history is unavailable. */
    public enum OnUnavailable {
        /** Sent with {@code history.status} {@code unavailable}. */
        DELIVER,
        /** Parked on the error queue. */
        PARK
    }

    private static final Duration SECOND = Duration.ofSeconds(1);

    static HistorySettings from(Values values) {
        return new HistorySettings(
                values.duration("history.window", Duration.ofMinutes(1), Duration.ofDays(365)),
                values.number("history.limit", 1, 100),
                values.number("history.agents-per-query", 1, 100),
                values.duration("history.cache-ttl", SECOND, Duration.ofDays(1)),
                values.duration("history.max-interval", Duration.ofMinutes(1), Duration.ofDays(31)),
                values.number("history.page-size", 1, 100),
                values.number("history.max-pages", 1, 100_000),
                values.duration("history.retry-after", SECOND, Duration.ofDays(1)),
                values.choice("history.on-unavailable", OnUnavailable.class),
                values.flag("history.complete-later"));
    }
}
