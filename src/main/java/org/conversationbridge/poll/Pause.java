// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long no poll is worth its requests, because the broker did not take what the last one found: 10 s, doubled with each
 * further failure up to five minutes. Safe for many threads.
 */
public final class Pause {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private Duration next = FIRST;
    private Instant end = Instant.MIN;

    public Pause(Clock clock) {
        this.clock = clock;
    }

    /** The broker refused; the pause begins. */
    public synchronized void begin() {
        end = clock.instant().plus(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** A poll went through. */
    public synchronized void end() {
        end = Instant.MIN;
        next = FIRST;
    }

    /** What is left of it; zero when polls are worth it. */
    public synchronized Duration left() {
        Instant now = clock.instant();
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }
}
