// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;

/**
 * That the completion of a conversation which has ended is still to be requested.
 *
 * @param due when it is requested next
 * @param attempts how often it was not there yet
 */
public record FollowUp(Instant due, int attempts) {
    /** Whether it has all that one of ours has. */
    @JsonIgnore
    boolean isWhole() {
        return due != null && attempts >= 0 && KeptTimes.areReported(due);
    }

    /** The first one. */
    static FollowUp after(Instant ended, Duration first) {
        return new FollowUp(ended.plus(first), 0);
    }

    /** The next one: each pause is twice as long as the one before. */
    FollowUp next(Instant now, Duration first) {
        return new FollowUp(now.plus(first.multipliedBy(1L << Math.min(attempts + 1, 20))), attempts + 1);
    }
}
