// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From when on a poll reads what has ended, from poll to poll. Each reads until the poll before it, of whichever process;
 * from time to time one reads further back, because Genesys Cloud may report an end late. Kept in memory: the first poll
 * of a process has nothing to continue. Used by the thread that polls.
 */
public final class RecentEnds {
    /** After a failure it is not queried for so long: each end is requested by id. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** A poll that is longer ago is not continued: too much has ended since. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(RecentEnds.class);

    private final Duration overlap;
    private final LookBack lookBack;
    private final LargestPage largest;
    private final Clock steady;
    private Instant pausedUntil = Instant.MIN;
    private boolean isFailureTold;
    private @Nullable Instant read;
    private @Nullable Instant readAgain;

    /**
     * @param overlap how late an end may be reported
     * @param pageSize conversations per request
     * @param steady a clock that is never set
     */
    public RecentEnds(Duration overlap, int pageSize, LookBack lookBack, Clock steady) {
        this.overlap = overlap;
        this.lookBack = lookBack;
        this.largest = new LargestPage(pageSize, steady);
        this.steady = steady;
    }

    /**
     * What to read in a poll; empty if nothing needs it, or the answers are of no use.
     *
     * @param begin of the poll, by the clock of Genesys Cloud
     * @param now by the same clock
     * @param lastGoodPoll begin of the last one that succeeded, of whichever process
     * @param wanted conversations whose end, or what became known after it, is looked for
     * @param areHistoriesKnown whether there are histories to continue
     */
    public Optional<RecentEndsWalk> begin(
            Instant begin, Instant now, Optional<Instant> lastGoodPoll, Set<String> wanted, boolean areHistoriesKnown) {
        if (!lookBack.keepsOrder() || pausedUntil.isAfter(steady.instant())) {
            return Optional.empty();
        }
        if (wanted.isEmpty() && !areHistoriesKnown) {
            read = begin;
            readAgain = begin;
            return Optional.empty();
        }
        Optional<Instant> own = Optional.ofNullable(read).filter(poll -> isRecent(poll, begin));
        Instant since = own.or(() -> lastGoodPoll.filter(poll -> isRecent(poll, begin)))
                .orElse(begin)
                .minus(Conversation.CLOCKS_DIFFER);
        Instant until = own.flatMap(poll -> overlapDue(begin))
                .filter(earlier -> earlier.isBefore(since))
                .orElse(since);
        Instant to = now.isAfter(begin) ? now : begin;
        return Optional.of(new RecentEndsWalk(since, until, to, wanted, lookBack, largest));
    }

    /** Longer ago, more has ended than is worth reading. */
    private static boolean isRecent(Instant poll, Instant begin) {
        return !poll.isBefore(begin.minus(LONGEST)) && !poll.isAfter(begin);
    }

    /** Until when it is read again for late data; empty while that is not due. */
    private Optional<Instant> overlapDue(Instant begin) {
        return Optional.ofNullable(readAgain)
                .filter(last -> !last.plus(overlap).isAfter(begin))
                .map(last -> last.minus(overlap));
    }

    /** The walk of a poll is over. */
    public void done(RecentEndsWalk walk, Instant begin) {
        Optional<Exception> failure = walk.failure();
        if (failure.isPresent()) {
            pausedUntil = steady.instant().plus(PAUSE);
            tell(failure.get());
            return;
        }
        isFailureTold = false;
        Instant last = readAgain;
        if (last == null || overlapDue(begin).isPresent() || walk.hasReached(last.minus(overlap))) {
            readAgain = begin;
        }
        read = begin;
    }

    private void tell(Exception failure) {
        if (!isFailureTold) {
            isFailureTold = true;
            LOG.warn(
                    "recent ends not read: {} Each end is requested by id; the query is repeated every minute. Logged"
                            + " once until it succeeds.",
                    FailureText.sentence(failure));
            LOG.debug("recent ends not read", new WordlessException(failure));
        }
    }
}
