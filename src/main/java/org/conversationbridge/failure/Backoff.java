// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.time.Duration;

/**
 * Pauses between attempts: each is twice as long as the one before, up to the longest.
 *
 * @param first after the first failure
 */
public record Backoff(Duration first, Duration longest) {
    /** So that no number of failures is too large to calculate with. */
    private static final long MOST_DOUBLINGS = 20;

    /**
     * The pause after some failures.
     *
     * @param failures in succession; there is no pause if there was none
     */
    public Duration after(long failures) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        return shorter(first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
    }

    /** The pause after another one. */
    public Duration next(Duration pause) {
        return shorter(pause.multipliedBy(2));
    }

    private Duration shorter(Duration pause) {
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
