// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.LeavingMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.settings.PollSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether readers of the current queue see what was announced ({@code currentQueue} in the routes), and what to put
 * there where they do not: the queue was created again, a change was parked, a message was removed or written by
 * another client.
 *
 * <p>To be called when everything that was announced is delivered. The first poll of a process looks at all of it, later
 * ones from time to time, and those after one that put something there. Every other poll looks at a few conversations,
 * taken at random, and at all of it if one of these is not as it was announced: that costs the same however many
 * conversations there are.
 *
 * <p>What the routes leave out is not put there again, and leaves the queue if an earlier state of it is there. If
 * another process delivered it, it is unknown why it is missing: it is put there again, less and less often. Used by
 * one thread.
 */
public final class CurrentQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentQueue.class);

    /** From one look at everything to the next. */
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private static final int AT_RANDOM = 16;
    private static final int MOST_IN_A_SELECTOR = 100;
    /** Longer ids are none of Genesys Cloud's; they are looked at with all the others. */
    private static final int LONGEST_ID = 100;

    private final QueueView queues;
    private final ForeignMessages foreign;
    private final LeavingMessages leaving;
    private final String name;
    private final PollSettings settings;
    private final CurrentOutcomes outcomes;
    private final Clock clock;
    private final LongSupplier nanos;
    private final CurrentRepairs repairs;
    private boolean isSettled;
    private boolean isLeftOutLogged;
    private boolean isUnexplainedLogged;
    private long lookedAt;

    /**
     * @param foreign puts aside what is not a message of a conversation
     * @param leaving has messages leave the queue
     * @param name of the current queue
     * @param outcomes what became of the changes that this process delivered
     * @param nanos of a clock that is never set
     */
    public CurrentQueue(
            QueueView queues,
            ForeignMessages foreign,
            LeavingMessages leaving,
            String name,
            PollSettings settings,
            CurrentOutcomes outcomes,
            Clock clock,
            LongSupplier nanos) {
        this.queues = queues;
        this.foreign = foreign;
        this.leaving = leaving;
        this.name = name;
        this.settings = settings;
        this.outcomes = outcomes;
        this.clock = clock;
        this.nanos = nanos;
        this.repairs = new CurrentRepairs(outcomes, nanos);
    }

    /**
     * Compares what readers see with what was announced, and notes in the checkpoint what differs. What the routes have
     * left out since leaves the queue.
     */
    public void compare(@Variable("checkpoint") Checkpoint checkpoint) throws JMSException {
        Map<String, Long> live = checkpoint.live();
        logLeftOut(live, checkpoint);
        logUnexplained(live, checkpoint);
        Map<String, Long> expected = repairs.expected(live, checkpoint);
        boolean isOneOutdated = outcomes.isOneOutdated();
        if (isSettled && !isOneOutdated && !isLongAgo() && areSomeAsAnnounced(expected)) {
            return;
        }
        Standings all = new Standings(live, expected.keySet());
        queues.show(name, null, foreign, all);
        lookedAt = nanos.getAsLong();
        CurrentRepairs.Plan plan = repairs.plan(all, checkpoint);
        isSettled = plan.restated().isEmpty();
        checkpoint.differs(plan.restated());
        leave(plan.leaving());
    }

    private void leave(List<String> ids) throws JMSException {
        int left = 0;
        for (int from = 0; from < ids.size(); from += MOST_IN_A_SELECTOR) {
            left += leaving.leave(selector(ids.subList(from, Math.min(from + MOST_IN_A_SELECTOR, ids.size()))));
        }
        if (left > 0) {
            LOG.info(
                    "queue {} had an earlier state of conversations={} which no later one replaced: the routes leave it out,"
                            + " or it was parked. The earlier state leaves the queue.",
                    name,
                    left);
        }
    }

    private void logLeftOut(Map<String, Long> live, Checkpoint checkpoint) {
        if (isLeftOutLogged) {
            return;
        }
        long count = repairs.leftOut(live, checkpoint);
        if (count > 0) {
            LOG.info(
                    "queue {} does not have {} of {} live conversations: they are left out by the routes. Logged once.",
                    name,
                    count,
                    live.size());
            isLeftOutLogged = true;
        }
    }

    private void logUnexplained(Map<String, Long> live, Checkpoint checkpoint) {
        if (isUnexplainedLogged) {
            return;
        }
        long count = repairs.unexplained(live, checkpoint);
        if (count > 0) {
            LOG.info(
                    "queue {} does not have {} of {} live conversations although they were written again: they were parked"
                            + " (see the error queue), or another process leaves them out by its routes. Later polls try"
                            + " again. Logged once.",
                    name,
                    count,
                    live.size());
            isUnexplainedLogged = true;
        }
    }

    /** The pages that put there again what differed; none if readers see everything. */
    public List<ChangePage> pages(@Variable("checkpoint") Checkpoint checkpoint) {
        List<ConversationChange> restated = checkpoint.restated(clock.instant());
        if (!restated.isEmpty()) {
            LOG.info(
                    "queue {} was out of date for conversations={}; their latest state is written to it again."
                            + " Nothing is sent to the result queue.",
                    name,
                    restated.size());
        }
        repairs.restated(restated);
        return ChangePage.pages(ChangePage.RESTATED, restated, settings.changesPerPage(), settings.partitions());
    }

    /** A later poll compares again; this one goes on. */
    public void postponed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        isSettled = false;
        repairs.interrupted();
        LOG.warn(
                "queue {} could not be checked or repaired: {} The next poll tries again.",
                name,
                FailureText.of(failure));
        LOG.debug("current queue not compared", new WordlessException(failure));
    }

    private boolean isLongAgo() {
        return nanos.getAsLong() - lookedAt >= PERIOD.toNanos();
    }

    private boolean areSomeAsAnnounced(Map<String, Long> expected) throws JMSException {
        List<String> some = new ArrayList<>(expected.keySet());
        some.removeIf(id -> id.length() > LONGEST_ID);
        Collections.shuffle(some);
        some = some.subList(0, Math.min(AT_RANDOM, some.size()));
        if (some.isEmpty()) {
            return true;
        }
        Standings few = new Standings(some.stream().collect(Collectors.toMap(id -> id, expected::get)));
        queues.show(name, selector(some), foreign, few);
        return few.hasSeenAll();
    }

    private static String selector(List<String> conversationIds) {
        return conversationIds.stream()
                .map(id -> "'" + id.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "conversationId IN (", ")"));
    }
}
