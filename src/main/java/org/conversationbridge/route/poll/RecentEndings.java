// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Variable;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.genesys.query.GapWalk;
import org.conversationbridge.genesys.query.RecentEnds;
import org.conversationbridge.genesys.query.RecentEndsWalk;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The first steps of confirm-ended ({@code recentEnds} in the routes): what has ended since the last poll, whichever agent handled
 * it. One answer confirms ends, has what is due of those that ended a short time ago, and continues the histories.
 */
public final class RecentEndings {
    private final RecentEnds ends;
    private final Dialect dialect;
    private final BooleanSupplier areHistoriesKnown;
    private final PollLog log;
    private final Clock clock;

    /**
     * @param dialect the tutorial dialect has no such query
     * @param areHistoriesKnown whether there are histories to continue
     * @param clock of Genesys Cloud
     */
    public RecentEndings(
            RecentEnds ends, Dialect dialect, BooleanSupplier areHistoriesKnown, PollLog log, Clock clock) {
        this.ends = ends;
        this.dialect = dialect;
        this.areHistoriesKnown = areHistoriesKnown;
        this.log = log;
        this.clock = clock;
    }

    /** Starts the query; null if nothing needs it, it is of no use, or the query about a gap has found the same. */
    public @Nullable RecentEndsWalk begin(
            @Variable("checkpoint") Checkpoint checkpoint, @Variable("gapQuery") @Nullable GapWalk gapQuery) {
        if (dialect == Dialect.TUTORIAL || gapQuery != null) {
            return null;
        }
        Instant now = clock.instant();
        return ends.begin(
                        log.runningSince(),
                        now,
                        checkpoint.lastGoodPoll(),
                        Set.copyOf(checkpoint.wanted(now)),
                        areHistoriesKnown.getAsBoolean())
                .orElse(null);
    }

    /** The query is over. */
    public void done(@Variable("recentEnds") @Nullable RecentEndsWalk walk) {
        if (walk != null) {
            ends.done(walk, log.runningSince());
        }
    }
}
