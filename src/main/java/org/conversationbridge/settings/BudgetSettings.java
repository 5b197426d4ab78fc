// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * How many requests may be sent to Genesys Cloud.
 *
 * @param requestsPerMinute own limit; the Platform API allows 300 per token
 * @param burst requests at once, after a pause; the others are spaced
 * @param share per cent of {@code requestsPerMinute} that this program may use
 */
public record BudgetSettings(int requestsPerMinute, int burst, int share) {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int WHOLE = 100;

    static BudgetSettings from(Values values) {
        return new BudgetSettings(
                values.number("genesys.requests-per-minute", 1, 60_000),
                values.number("genesys.burst", 1, 60_000),
                values.number("genesys.budget-share", 1, WHOLE));
    }

    /** Requests in a minute that this program may send, at least 1. */
    public int perMinute() {
        return Math.max(1, Math.toIntExact((long) requestsPerMinute * share / WHOLE));
    }

    /** Requests that may be sent at once, never more than in a minute. */
    public int atOnce() {
        return Math.min(burst, perMinute());
    }

    /** In which {@link #atOnce} requests may be sent, so that they are {@link #perMinute} in a minute. */
    public Duration burstWindow() {
        return Duration.ofNanos(Duration.ofMillis(MINUTE_MILLIS).toNanos() * atOnce() / perMinute());
    }

    /** Time between two requests that are evenly spaced, rounded up to whole milliseconds. */
    public Duration interval() {
        return Duration.ofMillis((MINUTE_MILLIS + perMinute() - 1) / perMinute());
    }
}
