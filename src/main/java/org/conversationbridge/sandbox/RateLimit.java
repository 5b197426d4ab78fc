// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** So many requests in a minute, as the Platform API limits them per token; 0 = no limit. Safe for many threads. */
final class RateLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** What a request met. */
    record Standing(boolean exceeded, int count, int allowed, long resetSeconds) {
        SandboxAnswer addTo(SandboxAnswer answer) {
            return allowed == 0
                    ? answer
                    : answer.withHeader("inin-ratelimit-count", Integer.toString(count))
                            .withHeader("inin-ratelimit-allowed", Integer.toString(allowed))
                            .withHeader("inin-ratelimit-reset", Long.toString(resetSeconds));
        }
    }

    private final int allowed;
    private final Clock clock;
    private Instant windowEnd = Instant.MIN;
    private int count;

    RateLimit(int allowed, Clock clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Adds a request. */
    synchronized Standing count() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            count = 0;
        }
        boolean exceeded = allowed > 0 && count >= allowed;
        if (!exceeded) {
            count++;
        }
        return new Standing(
                exceeded,
                count,
                allowed,
                Math.max(1, Duration.between(now, windowEnd).toSeconds() + 1));
    }
}
