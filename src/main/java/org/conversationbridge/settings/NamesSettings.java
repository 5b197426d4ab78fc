// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import org.conversationbridge.settings.PrivacySettings.Treatment;

/**
 * How names are looked up.
 *
 * @param isOn whether they are
 * @param withUsers whether those of users are: not where agents' names are dropped
 * @param cacheTtl how long a name is used before it is requested again
 * @param retryAfter how long an id without a name, and a permission that is missing, is left alone
 * @param budgetShare per cent of {@code genesys.requests-per-minute} that may be used for it
 */
public record NamesSettings(boolean isOn, boolean withUsers, Duration cacheTtl, Duration retryAfter, int budgetShare) {
    /** Who looks for nothing lets this pass between two looks. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

    /** The tutorial dialect has no such requests. */
    static NamesSettings from(Values values, Dialect dialect, PrivacySettings privacy) {
        return new NamesSettings(
                values.flag("names.look-up") && dialect == Dialect.PLATFORM,
                privacy.agentName() != Treatment.DROP,
                values.duration("names.cache-ttl", Duration.ofMinutes(1), Duration.ofDays(31)),
                values.duration("names.retry-after", Duration.ofSeconds(1), Duration.ofDays(1)),
                values.number("names.budget-share", 1, 100));
    }

    /** Time between two requests for it, rounded up to whole milliseconds. */
    Duration requestInterval(Duration requestInterval) {
        Duration interval = Duration.ofMillis((requestInterval.toMillis() * 100 + budgetShare - 1) / budgetShare);
        return interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
    }
}
