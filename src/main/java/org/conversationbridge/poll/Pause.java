// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.failure.Backoff;

/**
 * How long no poll is worth its requests, because the broker did not take what the last one found: 10 s, doubled with
 * each further failure up to five minutes. Safe for many threads.
 */
public final class Pause {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    private final Clock clock;
    private int failures;
    private Instant end = Instant.MIN;

    public Pause(Clock clock) {
        this.clock = clock;
    }

    /** The broker refused; the pause begins. */
    public synchronized void begin() {
        failures++;
        end = clock.instant().plus(BACKOFF.after(failures));
    }

    /** A poll went through. */
    public synchronized void end() {
        end = Instant.MIN;
        failures = 0;
    }

    /** What is left of it; zero when polls are worth it. */
    public synchronized Duration left() {
        Instant now = clock.instant();
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }
}
