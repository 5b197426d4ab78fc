// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the polls go: one line for each, once everything it changed is delivered, at the latest when the next one begins.
 * Safe for many threads.
 */
public final class PollLog {
    private static final Logger LOG = LoggerFactory.getLogger(PollLog.class);

    private record Running(Instant begin, PollFigures figuresBefore, long requestsBefore) {}

    private final RequestBudget budget;
    private final Clock clock;
    private PollFigures figures = PollFigures.ZERO;
    private @Nullable Running running;
    private boolean finished;
    private long outstanding;
    private @Nullable Instant lastGood;
    private @Nullable String lastFailure;

    public PollLog(RequestBudget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /** A poll begins. */
    public synchronized void begin() {
        summarize();
        running = new Running(clock.instant(), figures, budget.requests());
        finished = false;
        outstanding = 0;
    }

    /** Name of the poll that runs. */
    public synchronized String pollId() {
        return running == null ? "" : running.begin().toString();
    }

    /** An active conversation was read. */
    public synchronized void found() {
        count(new PollFigures(0, 0, 1, 0, 0, 0));
    }

    /** Changes were put on the page queue. */
    public synchronized void changed(int changes) {
        count(new PollFigures(0, 0, 0, changes, 0, 0));
        outstanding += changes;
    }

    /** Changes left the page queue: so many messages for the result queue, so many for the error queue. */
    public synchronized void delivered(int messages, int parked) {
        count(new PollFigures(0, 0, 0, 0, messages, parked));
        outstanding -= messages + parked;
        summarizeWhenComplete();
    }

    /** A conversation that could not be read was put on the error queue. */
    public synchronized void unreadable() {
        count(new PollFigures(0, 0, 0, 0, 0, 1));
    }

    /** The poll went through. */
    public synchronized void finished() {
        count(new PollFigures(1, 0, 0, 0, 0, 0));
        lastGood = clock.instant();
        lastFailure = null;
        finished = true;
        summarizeWhenComplete();
    }

    /** The poll broke off. One line says why; the stack is for the debug log. */
    public synchronized void failed(Throwable failure) {
        count(new PollFigures(0, 1, 0, 0, 0, 0));
        String code = failure instanceof BridgeException named ? named.code() : "UNEXPECTED";
        lastFailure = code;
        if (failure instanceof BridgeException) {
            LOG.error("poll failed code={}: {} The next poll tries again.", code, failure.getMessage());
            LOG.debug("poll failed", failure);
        } else {
            LOG.error("poll failed code={}: the next poll tries again.", code, failure);
        }
        summarize();
    }

    /** Counts since the start. */
    public synchronized PollFigures figures() {
        return figures;
    }

    /** Age of the last poll that went through; empty when none did yet. */
    public synchronized Optional<Duration> lastGoodAge() {
        return Optional.ofNullable(lastGood).map(good -> Duration.between(good, clock.instant()));
    }

    /** Whether a poll was ever begun here. */
    public synchronized boolean hasBegun() {
        return running != null || figures.polls() + figures.failedPolls() > 0;
    }

    /** Code of the failure since the last good poll. */
    public synchronized Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void count(PollFigures more) {
        figures = figures.plus(more);
    }

    private void summarizeWhenComplete() {
        if (finished && outstanding <= 0) {
            summarize();
        }
    }

    private void summarize() {
        if (running == null) {
            return;
        }
        PollFigures poll = figures.minus(running.figuresBefore());
        LOG.info(
                "poll found={} changed={} delivered={} parked={} requests={} budget-left={} took={}ms",
                poll.found(),
                poll.changed(),
                poll.delivered(),
                poll.parked(),
                budget.requests() - running.requestsBefore(),
                budget.left(),
                Duration.between(running.begin(), clock.instant()).toMillis());
        running = null;
    }
}
