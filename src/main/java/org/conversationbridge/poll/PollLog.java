// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.gap.GapReport;
import org.conversationbridge.text.Times;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * How the polls go: one line for each, once everything it changed is delivered. If that is not known here, because
 * another process delivers, the line comes when a few more polls are through. Safe for many threads.
 */
public final class PollLog {
    private static final Logger LOG = LoggerFactory.getLogger(PollLog.class);
    private static final int MOST_OPEN = 3;
    private static final Duration READ_AGAIN = Duration.ofMinutes(5);
    /** The first answer that reports another time is doubted, the second one is believed. */
    private static final int MOST_CORRECTIONS = 2;

    private static final Duration SAME_TIME = Duration.ofSeconds(2);

    private static final class Poll {
        private final Instant begin;
        private PollFigures figures = PollFigures.ZERO;
        private long leftOut;
        private boolean finished;

        Poll(Instant begin) {
            this.begin = begin;
        }

        boolean isComplete() {
            return finished
                    && figures.delivered() + leftOut + figures.parked() - figures.unreadable() >= figures.changed();
        }
    }

    private final RequestBudget budget;
    private final Clock clock;
    private final GenesysClock genesysClock;
    /** Those whose line is still to come, the oldest first. */
    private final Map<String, Poll> open = new LinkedHashMap<>();

    private PollFigures total = PollFigures.ZERO;
    private String running = "";
    private Instant runningSince = Instant.EPOCH;
    private @Nullable Instant begun;
    private Duration ahead = Duration.ZERO;
    private int corrections;
    private boolean isInDoubt;
    private long requestsTold;
    private @Nullable Instant lastGood;
    private @Nullable Instant incompleteSince;
    private @Nullable Instant readAgainAt;
    private @Nullable String lastFailure;
    private Instant lastFailureAt = Instant.EPOCH;

    /** Where the clock of Genesys Cloud is not measured. */
    public PollLog(RequestBudget budget, Clock clock) {
        this(budget, clock, new GenesysClock(clock));
    }

    /**
     * @param clock one that is never set, for ages and durations
     * @param genesysClock for times that are reported and kept
     */
    public PollLog(RequestBudget budget, Clock clock, GenesysClock genesysClock) {
        this.budget = budget;
        this.clock = clock;
        this.genesysClock = genesysClock;
    }

    /** A poll begins. */
    public synchronized void begin() {
        runningSince = clock.instant();
        begun = null;
        ahead = genesysClock.ahead();
        corrections = 0;
        isInDoubt = false;
        running = genesysClock.instant().toString();
        open.put(running, new Poll(runningSince));
    }

    /**
     * When it began, by the clock of Genesys Cloud as it was known when the last page came: a suspension after that is
     * none of this poll.
     */
    public synchronized Instant runningSince() {
        return begun == null ? genesysClock.at(runningSince) : begun;
    }

    /**
     * A page came: whether the time at Genesys Cloud differs from that which was known when it was queried. Twice in a
     * poll at most.
     */
    public synchronized boolean isTimeWrong() {
        Duration now = genesysClock.ahead();
        boolean isWrong = genesysClock.isInDoubt() || now.minus(ahead).abs().compareTo(SAME_TIME) > 0;
        isInDoubt = isWrong && corrections < MOST_CORRECTIONS;
        if (isInDoubt) {
            corrections++;
            ahead = now;
            begun = null;
            return true;
        }
        begun = genesysClock.at(runningSince);
        return false;
    }

    /**
     * Whether the last page was discarded, because it reported another time: until the next one the time at Genesys Cloud is not
     * known, and what is stored is not compared with it.
     */
    public synchronized boolean isTimeInDoubt() {
        return isInDoubt;
    }

    /** What began or ended between two polls was announced. */
    public synchronized void gapClosed(GapReport report) {
        total = total.plus(Figure.GAPS, 1);
        LOG.info(
                "gap from={} to={} found={} sent={} requests={} complete={}{}",
                Times.text(report.from()),
                Times.text(report.to()),
                report.found(),
                report.sent(),
                report.requests(),
                report.complete(),
                report.complete() ? "" : " reason: " + report.reason());
    }

    /** A poll was due and is left out. */
    public synchronized void skipped(String reason) {
        lastFailure = "POLL_SKIPPED";
        lastFailureAt = clock.instant();
        LOG.warn("poll skipped: {}", reason);
    }

    /** The poll that begins is the first one of this process, and not the first one of all. */
    public void tookOver() {
        LOG.info("this process polls now; the last poll was made by another process, or before this one was restarted");
    }

    /** Name of the poll that runs. */
    public synchronized String pollId() {
        return running;
    }

    /** An active conversation was read. */
    public synchronized void found() {
        count(running, Figure.FOUND, 1);
    }

    /** Changes were put on the page queue. */
    public synchronized void changed(int changes) {
        count(running, Figure.CHANGED, changes);
    }

    /** A notification came. */
    public synchronized void notified() {
        total = total.plus(Figure.NOTIFICATIONS, 1);
    }

    /** Changes that notifications reported were put on the page queue. */
    public synchronized void announced(int changes) {
        total = total.plus(Figure.CHANGED, changes);
    }

    /**
     * The running poll read fewer conversations than Genesys Cloud stated. The log says so once, until a poll is
     * complete again.
     */
    public synchronized void incomplete(String shortfall) {
        count(running, Figure.INCOMPLETE_POLLS, 1);
        LOG.atLevel(incompleteSince == null ? Level.WARN : Level.DEBUG)
                .log(
                        "poll incomplete: {}. Active conversations may be missing; those not read are not treated as"
                                + " ended. Logged once, until a poll is complete.",
                        shortfall);
        if (incompleteSince == null) {
            incompleteSince = runningSince;
        }
        if (isReadAgain()) {
            readAgainAt = runningSince;
        }
    }

    /** The running poll read all that Genesys Cloud stated. */
    public synchronized void complete() {
        if (incompleteSince != null) {
            LOG.info(
                    "polls are complete again; they were incomplete since {}",
                    Times.text(genesysClock.at(incompleteSince)));
        }
        incompleteSince = null;
        readAgainAt = null;
    }

    /**
     * Whether the running poll reads pages again if it is short. Where that did not help it is tried from time to
     * time only: a total that is wrong for ever must not double the requests.
     */
    public synchronized boolean isReadAgain() {
        return readAgainAt == null || !readAgainAt.plus(READ_AGAIN).isAfter(runningSince);
    }

    /** How long polls have been incomplete, at the start of the running one; zero while they are not. */
    public synchronized Duration incompleteFor() {
        return incompleteSince == null ? Duration.ZERO : Duration.between(incompleteSince, runningSince);
    }

    /** Begin of the last poll by the own clock, where it went through. */
    public synchronized Optional<Instant> lastGoodBegin() {
        return lastGood == null || lastFailure != null ? Optional.empty() : Optional.of(runningSince);
    }

    /**
     * Changes of a poll left the page queue.
     *
     * @param messages on the result queue
     * @param parked on the error queue
     * @param leftOut on none of them, because a route leaves them out
     */
    public synchronized void delivered(String pollId, int messages, int parked, int leftOut) {
        count(pollId, Figure.DELIVERED, messages);
        count(pollId, Figure.PARKED, parked);
        Poll poll = open.get(pollId);
        if (poll != null) {
            poll.leftOut += leftOut;
        }
        tell();
    }

    /** A conversation that could not be read was put on the error queue. */
    public synchronized void unreadable() {
        count(running, Figure.PARKED, 1);
        count(running, Figure.UNREADABLE, 1);
    }

    /** The poll went through. */
    public synchronized void finished() {
        count(running, Figure.POLLS, 1);
        lastGood = clock.instant();
        lastFailure = null;
        finish();
    }

    /** The poll broke off. One line says why and how far it came; the stack is for the debug log. */
    public synchronized void failed(Throwable failure) {
        count(running, Figure.FAILED_POLLS, 1);
        String code = failure instanceof BridgeException named ? named.code() : "UNEXPECTED";
        lastFailure = code;
        lastFailureAt = clock.instant();
        Poll poll = open.remove(running);
        tellFailed(code, failure, poll == null ? new Poll(clock.instant()) : poll);
        LOG.debug("poll failed", new WordlessException(failure));
    }

    /** Figures since the start. */
    public synchronized PollFigures figures() {
        return total;
    }

    /** Age of the last poll that went through; empty when none did yet. */
    public synchronized Optional<Duration> lastGoodAge() {
        return Optional.ofNullable(lastGood).map(good -> Duration.between(good, clock.instant()));
    }

    /** Whether any poll went through here. */
    public synchronized boolean hasSucceeded() {
        return lastGood != null;
    }

    /** Age of the last failure since the last good poll. */
    public synchronized Optional<Duration> lastFailureAge() {
        return lastFailure().map(code -> Duration.between(lastFailureAt, clock.instant()));
    }

    /** Whether a poll was ever begun here. */
    public synchronized boolean hasBegun() {
        return !running.isEmpty();
    }

    /** Code of the failure since the last good poll. */
    public synchronized Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void count(String pollId, Figure figure, int more) {
        total = total.plus(figure, more);
        Poll poll = open.get(pollId);
        if (poll != null) {
            poll.figures = poll.figures.plus(figure, more);
        }
    }

    private void finish() {
        Poll poll = open.get(running);
        if (poll != null) {
            poll.finished = true;
        }
        tell();
    }

    private void tell() {
        Iterator<Poll> polls = open.values().iterator();
        while (polls.hasNext()) {
            Poll poll = polls.next();
            if (poll.isComplete() || open.size() > MOST_OPEN) {
                polls.remove();
                tell(poll);
            }
        }
    }

    private void tellFailed(String code, Throwable failure, Poll poll) {
        LOG.error(
                "poll failed code={}: {} The next poll tries again. found={} changed={} requests={} budget-left={} took={}ms",
                code,
                FailureText.sentence(failure),
                poll.figures.found(),
                poll.figures.changed(),
                budget.requests() - requestsTold,
                budget.left(),
                Duration.between(poll.begin, clock.instant()).toMillis());
        requestsTold = budget.requests();
    }

    private void tell(Poll poll) {
        LOG.info(
                "poll found={} changed={} delivered={}{} parked={} requests={} budget-left={} took={}ms",
                poll.figures.found(),
                poll.figures.changed(),
                poll.figures.delivered(),
                poll.leftOut == 0 ? "" : " left-out=" + poll.leftOut,
                poll.figures.parked(),
                budget.requests() - requestsTold,
                budget.left(),
                Duration.between(poll.begin, clock.instant()).toMillis());
        requestsTold = budget.requests();
    }
}
