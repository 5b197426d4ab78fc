// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.conversationbridge.settings.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far back the details query reaches. It answers conversations that began on a day its interval touches, so
 * that a query for what is live, or has ended, must include the days on which that may have begun: with one
 * interval, as long as the server takes one. A server that takes less is found out, which holds until the process
 * ends, and the log says so once; then several intervals are queried, but never many. Safe for many threads.
 */
public final class LookBack {
    /** Intervals per query, so that a server that takes short ones only does not cost hundreds. */
    static final int MOST_PIECES = 5;

    /** From the start of a conversation to its end: a closed e-mail can be reconnected for 30 days. */
    static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(LookBack.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    /** What is tried after a refusal; below a day the half. */
    private static final List<Duration> STEPS =
            Stream.of(30, 14, 7, 3, 1).map(Duration::ofDays).toList();

    private static final String BY_END = "conversationEnd";
    private static final String BY_START = "conversationStart";

    private final AtomicBoolean isFoundOut = new AtomicBoolean();
    private final AtomicBoolean isCutTold = new AtomicBoolean();
    private final AtomicBoolean isOrderTold = new AtomicBoolean();
    private volatile Duration longest;
    private volatile String endOrder = BY_END;

    /** @param longest interval of one query, {@code history.max-interval} */
    public LookBack(Duration longest) {
        this.longest = longest;
    }

    /** The intervals to query for what is live and began no longer ago than {@code reach}, the latest first. */
    List<Interval> live(Instant to, Duration reach) {
        List<Interval> pieces = Interval.before(to, reach).pieces(longest);
        if (pieces.size() > MOST_PIECES && isCutTold.compareAndSet(false, true)) {
            LOG.warn(
                    "poll.lookback={} is reduced to {}: an interval may be at most {}, and a poll queries {}. Live"
                            + " conversations that began earlier are requested by id, if known.",
                    Durations.text(reach),
                    Durations.text(longest.multipliedBy(MOST_PIECES)),
                    Durations.text(longest),
                    MOST_PIECES);
        }
        return pieces.stream().limit(MOST_PIECES).toList();
    }

    /** The intervals to query for what ended in a window, whenever it began, the latest first. */
    List<Interval> ended(Interval window) {
        return Interval.before(window.to(), reach(window)).pieces(longest).stream()
                .limit(pieces(window))
                .toList();
    }

    /** The interval of one query for what ended most recently: what began before is requested by id. */
    Interval recent(Instant to) {
        return ended(Interval.before(to, SHORTEST)).get(0);
    }

    /** Whether these reach back far enough for everything that ended in the window. */
    boolean reachesWhatEnded(Interval window) {
        return longest.multipliedBy(pieces(window)).compareTo(reach(window)) >= 0;
    }

    /** Whether the intervals to query for what ended in a window touch the day of a start. */
    boolean reaches(Interval window, Instant startedAt) {
        List<Interval> intervals = ended(window);
        Instant begin = intervals.get(intervals.size() - 1).from();
        return !startedAt.isBefore(begin.truncatedTo(ChronoUnit.DAYS));
    }

    /** What to order by for the newest end first; the order by begin where the server refused the other. */
    String endOrder() {
        return endOrder;
    }

    /** Whether the newest end comes first where that is requested, as far as is known. */
    boolean keepsOrder() {
        return !isOrderTold.get();
    }

    /** An answer came: the interval that was found out is taken. The log says so once. */
    void accepted() {
        if (isFoundOut.compareAndSet(true, false)) {
            LOG.warn(
                    "analytics accepts intervals of at most {}: a longer look-back is queried in pieces, at most {}."
                            + " Set history.max-interval={} to skip this discovery at each start.",
                    Durations.text(longest),
                    MOST_PIECES,
                    Durations.text(longest));
        }
    }

    /** Whether a query is to be made with shorter intervals from now on. */
    boolean isShortenedAfter(Throwable failure, PageWalk walk) {
        boolean refused = failure instanceof IntervalTooLongException
                || failure instanceof TooManyResultsException && walk.pageNumber() == 1;
        return refused && shorten(walk.part().interval().length());
    }

    /** Whether a query for what has ended is to be made in another order from now on. */
    boolean isReorderedAfter(Throwable failure) {
        boolean refused = failure instanceof InvalidRequestException
                && String.valueOf(failure.getMessage()).contains("orderBy")
                && endOrder.equals(BY_END);
        if (refused) {
            endOrder = BY_START;
            orderIsNotKept("orderBy=conversationEnd is refused");
        }
        return refused;
    }

    /** Notes why the newest ends do not come first; the log says so once. */
    void orderIsNotKept(String why) {
        if (isOrderTold.compareAndSet(false, true)) {
            LOG.warn(
                    "details query: {}. Recent ends are searched page by page; beyond {} pages, only conversations"
                            + " that began in the window are searched, and histories are partial. Polls request each"
                            + " end by id.",
                    why,
                    DescendingEnds.MOST_PAGES);
        }
    }

    private synchronized boolean shorten(Duration refused) {
        if (refused.compareTo(longest) > 0) {
            return true;
        }
        Duration shorter = STEPS.stream()
                .filter(step -> step.compareTo(refused) < 0)
                .findFirst()
                .orElseGet(() -> refused.dividedBy(2));
        if (shorter.compareTo(SHORTEST) < 0) {
            return false;
        }
        longest = shorter;
        isFoundOut.set(true);
        return true;
    }

    private Duration reach(Interval window) {
        Duration needed = window.length().plus(LONGEST_LIFE);
        return needed.compareTo(longest) > 0 ? needed : longest;
    }

    private int pieces(Interval window) {
        return Math.max(MOST_PIECES, window.pieces(longest).size());
    }
}
