// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a checkpoint holds beside its extent.
 *
 * @param lastGoodPoll begin of the last poll that went through; absent when none did
 * @param polledBy which process polls, as it names itself; absent if none said so
 * @param lostAt when entries were found to be lost; absent if none were
 */
record Facts(
        @Nullable Instant lastGoodPoll,
        @Nullable String polledBy,
        @Nullable Instant lostAt) {
    static final Facts NONE = new Facts(null, null, null);

    static Facts of(Entry head) {
        return new Facts(head.lastGoodPoll(), head.polledBy(), head.lostAt());
    }

    Facts polledAt(@Nullable Instant begin) {
        return new Facts(begin, polledBy, lostAt);
    }

    Facts polledBy(String process) {
        return new Facts(lastGoodPoll, process, lostAt);
    }

    /** Not before another time at which entries were lost. */
    Facts lostAt(Instant now) {
        return new Facts(lastGoodPoll, polledBy, lostAt != null && lostAt.isAfter(now) ? lostAt : now);
    }
}
