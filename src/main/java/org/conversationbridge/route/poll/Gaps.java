// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.conversationbridge.budget.Pace;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.gap.GapReport;
import org.conversationbridge.genesys.query.GapWalk;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.ReconcileSettings;
import org.conversationbridge.text.Times;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of close-gap ({@code gaps} in the routes). */
public final class Gaps {
    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

    /** The longest interval of an analytics query. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private final ReconcileSettings settings;
    private final PollSettings poll;
    private final Dialect dialect;
    private final LookBack lookBack;
    private final Predicate<Instant> isToldSince;
    private final boolean areNotified;
    private final Supplier<Optional<Instant>> oldestHistory;
    private final PollLog log;
    private final Privacy privacy;
    private final Clock clock;
    private final Pace pace = new Pace();

    /**
     * @param isToldSince whether notifications have reported everything since an instant, as far as can be known
     * @param areNotified whether notifications report what happens between polls: where they were dropped at a
     *     take-over, a shorter time than {@code reconcile.after} is queried as well
     * @param oldestHistory as of when the oldest history in memory is
     */
    public Gaps(
            ReconcileSettings settings,
            PollSettings poll,
            Dialect dialect,
            LookBack lookBack,
            Predicate<Instant> isToldSince,
            boolean areNotified,
            Supplier<Optional<Instant>> oldestHistory,
            PollLog log,
            Privacy privacy,
            Clock clock) {
        this.settings = settings;
        this.poll = poll;
        this.dialect = dialect;
        this.lookBack = lookBack;
        this.isToldSince = isToldSince;
        this.areNotified = areNotified;
        this.oldestHistory = oldestHistory;
        this.log = log;
        this.privacy = privacy;
        this.clock = clock;
    }

    /** How long to wait for a turn, in milliseconds, at one turn per interval. */
    public long turn(long intervalMillis) {
        return pace.turn(intervalMillis);
    }

    /**
     * Notes in the checkpoint that no poll succeeded since the last good one, if that is long ago, or
     * what notifications reported was not announced. Done when a page has come and nothing of it is compared yet:
     * before the first answer, and after one that is discarded, the time at Genesys Cloud is unknown. If the poll began
     * again since, after a suspension of this machine, the gap lasts until then.
     */
    public void notice(@Variable("checkpoint") Checkpoint checkpoint) {
        Instant begin = log.runningSince();
        if (log.isTimeInDoubt() || isNoticed(checkpoint, begin)) {
            return;
        }
        Set<String> corrected = checkpoint.correctTimes(clock.instant());
        if (!corrected.isEmpty()) {
            LOG.warn(
                    "checkpoint: the entries {} had times ahead of the time at Genesys Cloud, which are treated as now. A clock"
                            + " was wrong, or another client wrote them: check who may send to the checkpoint queue.",
                    corrected);
        }
        checkpoint
                .lastGoodPoll()
                .map(last -> isAhead(last, begin) ? begin.minus(poll.remembered()) : last)
                .map(last -> new Gap(last, begin))
                .filter(gap -> isLong(gap) || areNotified && checkpoint.isTakenOver())
                .map(Gaps::recent)
                .ifPresent(gap -> {
                    if (isLong(gap) && !isToldSince.test(gap.from())) {
                        LOG.warn(
                                "gap from={} to={}: no successful poll; querying what began or ended in it",
                                Times.text(gap.from()),
                                Times.text(gap.to()));
                    }
                    checkpoint.reconcile(gap);
                });
    }

    private static boolean isNoticed(Checkpoint checkpoint, Instant begin) {
        return checkpoint
                .gap()
                .filter(gap -> !begin.isAfter(gap.to().plus(Conversation.CLOCKS_DIFFER)))
                .isPresent();
    }

    /** One that an earlier version noted by a clock that was wrong: it is unknown since when no poll succeeded. */
    private static boolean isAhead(Instant last, Instant begin) {
        return last.isAfter(begin.plus(Conversation.CLOCKS_DIFFER));
    }

    /** The end of it that is queried: a longer gap, real or forged, must not use up the requests. */
    private static Gap recent(Gap gap) {
        Instant earliest = gap.to().minus(LONGEST);
        if (!gap.from().isBefore(earliest)) {
            return gap;
        }
        LOG.warn(
                "gap from={} is longer than {} days: only the last {} days are queried. What began and ended before is"
                        + " not announced.",
                Times.text(gap.from()),
                LONGEST.toDays(),
                LONGEST.toDays());
        return new Gap(earliest, gap.to());
    }

    /** Starts the query for what began and ended in the gap; null if there is none. The tutorial dialect has no such query. */
    public @Nullable GapWalk begin(@Variable("checkpoint") Checkpoint checkpoint) {
        return checkpoint
                .gap()
                .filter(gap -> dialect == Dialect.PLATFORM)
                .map(gap -> new GapWalk(gap, oldestHistory.get(), checkpoint.awaited(clock.instant()), poll, lookBack))
                .orElse(null);
    }

    /** Begin and end of each conversation of an answer that no poll saw. */
    public List<ConversationChange> changes(
            @Variable("checkpoint") Checkpoint checkpoint, @Body List<ConversationDetails> found) {
        return found.stream()
                .map(ended -> privacy.apply(ended.conversation()))
                .flatMap(ended -> checkpoint.unseen(ended, clock.instant()).stream())
                .toList();
    }

    /** What was found; null when there was no gap, or notifications reported everything in it. */
    public @Nullable GapReport report(
            @Variable("gapQuery") @Nullable GapWalk query, @Variable("checkpoint") Checkpoint checkpoint) {
        return checkpoint
                .gap()
                .map(gap -> new GapReport(
                        GapReport.TYPE,
                        gap.from(),
                        gap.to(),
                        checkpoint.reconciledConversations(),
                        checkpoint.reconciledChanges(),
                        query == null ? 0 : query.requests(),
                        query != null && query.failure() == null,
                        query == null ? "the tutorial dialect cannot query it" : query.failure()))
                .filter(report -> report.found() > 0 || !report.complete() || isUntold(report))
                .orElse(null);
    }

    private boolean isUntold(GapReport report) {
        return isLong(new Gap(report.from(), report.to())) && !isToldSince.test(report.from());
    }

    private boolean isLong(Gap gap) {
        return settings.isGap(gap.from(), gap.to());
    }

    /** The report is on its queue: the poll went through. */
    public void closed(@Variable("gapReport") GapReport report) {
        log.gapClosed(report);
    }
}
