// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So many requests in a minute, over all tokens of the client; 0 = no limit. It refuses by minutes that begin with a
 * request, as the Platform API does, and notes how many were too many in any minute. Safe for many threads.
 */
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
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private long violations;

    RateLimit(int allowed, Clock clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Adds a request. */
    synchronized Standing count() {
        Instant now = clock.instant();
        noteViolation(now);
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

    /** Requests that came although so many had come in the minute before, refused or not. */
    synchronized long violations() {
        return violations;
    }

    private void noteViolation(Instant now) {
        if (allowed == 0) {
            return;
        }
        while (!lastMinute.isEmpty() && !lastMinute.element().plus(WINDOW).isAfter(now)) {
            lastMinute.remove();
        }
        lastMinute.add(now);
        if (lastMinute.size() > allowed) {
            violations++;
        }
    }
}
