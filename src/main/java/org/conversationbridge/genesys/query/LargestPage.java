// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How many conversations a page of one kind of query may have: as many as set, or fewer where an answer was too large.
 * What was found out is kept from poll to poll, so that it is not refused each time. A single large conversation may have
 * been the reason, so that twice the size is tried {@link #KEPT} later. Safe for many threads.
 */
final class LargestPage {
    /** How long a smaller size is kept before twice of it is tried. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private final int set;
    private final Clock clock;
    private int size;
    private Instant since = Instant.MIN;

    /** @param set conversations per page, as the settings have it */
    LargestPage(int set, Clock clock) {
        this.set = set;
        this.clock = clock;
        this.size = set;
    }

    /** What to request when a walk begins. */
    synchronized int size() {
        Instant now = clock.instant();
        if (size < set && !since.plus(KEPT).isAfter(now)) {
            size = Math.min(set, size * 2);
            since = now;
        }
        return size;
    }

    /** A page was too large, and smaller ones are requested from now on. */
    synchronized void reduced(int smaller) {
        size = smaller;
        since = clock.instant();
    }
}
