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
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Standing;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.settings.PollSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether readers of the current queue see what was announced ({@code currentQueue} in the routes), and what to put
 * there where they do not: the queue was created again, a change was parked, a message was removed or written by
 * another client.
 *
 * <p>To be asked when everything that was announced is delivered. The first poll of a process looks at all of it, and
 * later ones from time to time. Every other poll looks at a few conversations, taken at random, and at all of it where
 * one of these is not as it was announced: that costs the same however many conversations there are. Used by one
 * thread.
 */
public final class CurrentQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentQueue.class);

    /** From one look at everything to the next. */
    private static final Duration PERIOD = Duration.ofMinutes(5);
    /** The same after one that found a difference: it may stay, where a message cannot be made. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final int AT_RANDOM = 16;
    /** Longer ids are none of Genesys Cloud's; they are looked at with all the others. */
    private static final int LONGEST_ID = 100;

    private final QueueView queues;
    private final ForeignMessages foreign;
    private final String name;
    private final PollSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private boolean hasLooked;
    private boolean hasDiffered;
    private long lookedAt;

    /**
     * @param foreign puts aside what is not a message of a conversation
     * @param name of the current queue
     * @param nanos of a clock that is never set
     */
    public CurrentQueue(
            QueueView queues,
            ForeignMessages foreign,
            String name,
            PollSettings settings,
            Clock clock,
            LongSupplier nanos) {
        this.queues = queues;
        this.foreign = foreign;
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Compares what readers see with what was announced, and notes in the checkpoint what differs. */
    public void compare(@Variable("checkpoint") Checkpoint checkpoint) throws JMSException {
        Map<String, Long> live = checkpoint.live();
        if (hasLooked && !isLongAgo(PERIOD) && (mustWait() || areSomeAsAnnounced(live))) {
            return;
        }
        Standings all = new Standings(live);
        queues.show(name, null, foreign, all);
        Map<String, Standing> differing = all.differing();
        lookedAt = nanos.getAsLong();
        hasLooked = true;
        hasDiffered = !differing.isEmpty();
        checkpoint.differs(differing);
    }

    /** The pages that put there again what differed; none where readers see everything. */
    public List<ChangePage> pages(@Variable("checkpoint") Checkpoint checkpoint) {
        List<ConversationChange> restated = checkpoint.restated(clock.instant());
        if (!restated.isEmpty()) {
            LOG.info(
                    "queue {} was out of date for conversations={}; their latest state is written to it again."
                            + " Nothing is sent to the result queue.",
                    name,
                    restated.size());
        }
        return ChangePage.pages(ChangePage.RESTATED, restated, settings.changesPerPage(), settings.partitions());
    }

    /** A later poll compares again; this one goes on. */
    public void postponed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        hasLooked = false;
        LOG.warn(
                "queue {} could not be checked or repaired: {} The next poll tries again.",
                name,
                FailureText.of(failure));
        LOG.debug("current queue not compared", new WordlessException(failure));
    }

    private boolean mustWait() {
        return hasDiffered && !isLongAgo(SHORTEST);
    }

    private boolean isLongAgo(Duration age) {
        return nanos.getAsLong() - lookedAt >= age.toNanos();
    }

    private boolean areSomeAsAnnounced(Map<String, Long> live) throws JMSException {
        List<String> some = new ArrayList<>(live.keySet());
        some.removeIf(id -> id.length() > LONGEST_ID);
        Collections.shuffle(some);
        some = some.subList(0, Math.min(AT_RANDOM, some.size()));
        if (some.isEmpty()) {
            return true;
        }
        Standings few = new Standings(some.stream().collect(Collectors.toMap(id -> id, live::get)));
        queues.show(name, selector(some), foreign, few);
        return few.hasSeenAll();
    }

    private static String selector(List<String> conversationIds) {
        return conversationIds.stream()
                .map(id -> "'" + id.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "conversationId IN (", ")"));
    }
}
