// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.failure.Backoff;

/**
 * That the completion of a conversation which has ended is still to be requested.
 *
 * @param due when it is requested next
 * @param attempts how often it was not there yet
 */
public record FollowUp(Instant due, int attempts) {
    /** The longest pause, as a multiple of the first. */
    private static final long LONGEST_IN_FIRST = 1L << 20;

    /** Further ahead none is due: another client wrote it. */
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Whether it has all that one of ours has. */
    @JsonIgnore
    boolean isWhole() {
        return due != null && attempts >= 0 && KeptTimes.areReported(due);
    }

    /** The same, due now if it is further ahead than any is. */
    FollowUp asOf(Instant now) {
        return due.isAfter(now.plus(LONGEST)) ? new FollowUp(now, attempts) : this;
    }

    /** The first one. */
    static FollowUp after(Instant ended, Duration first) {
        return new FollowUp(ended.plus(first), 0);
    }

    /** The next one: each pause is twice as long as the one before. */
    FollowUp next(Instant now, Duration first) {
        Backoff backoff = new Backoff(first, first.multipliedBy(LONGEST_IN_FIRST));
        return new FollowUp(now.plus(backoff.after(attempts + 2L)), attempts + 1);
    }
}
