// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Span(Instant from, Instant to) {
    /** Whether it has begun at an instant. */
    public boolean hasBegun(Instant at) {
        return !at.isBefore(from);
    }

    /** Whether it is over at an instant. */
    public boolean isOver(Instant at) {
        return !at.isBefore(to);
    }

    /** Whether an instant lies in it. */
    public boolean contains(Instant at) {
        return hasBegun(at) && !isOver(at);
    }

    /** Its length in milliseconds. */
    public long millis() {
        return Duration.between(from, to).toMillis();
    }
}
