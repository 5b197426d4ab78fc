// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.conversationbridge.broker.BrokerProbe;
import org.conversationbridge.broker.BrowsedMessages;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.change.KeptTimes;
import org.conversationbridge.poll.OthersPoll;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether another process polls, as the checkpoint reports: who polls, and when its last good poll began. How long ago
 * that is is measured from when it was seen to change, so that no two clocks need to agree; only of what is there at
 * the first look it is the time of Genesys Cloud that decides. That poll may be of this process before it was
 * restarted: another process polls only where a later one follows.
 */
public final class OtherPolls implements BrokerProbe.Look {
    private static final Logger LOG = LoggerFactory.getLogger(OtherPolls.class);
    /** The entry of the checkpoint that reports it. */
    private static final String ENTRY = "_AMQ_LVQ_NAME = 'poll'";
    /** A last-value queue shows two versions of it for a moment. */
    private static final int MOST_VERSIONS = 10;

    private record Poll(Instant begin, String process) {}

    private final String queue;
    private final ObjectMapper json;
    private final Predicate<String> isThisProcess;
    private final Supplier<Optional<Instant>> ownBegin;
    private final Clock clock;
    private final Clock genesysClock;
    private @Nullable Poll last;
    private Instant lastAt = Instant.EPOCH;
    private boolean isStandingBy;

    /**
     * @param queue of the checkpoint
     * @param isThisProcess whether a name in the checkpoint is the one of this process
     * @param ownBegin of the last good poll of this process, by the same clock as in the checkpoint
     * @param clock one that is never set
     * @param genesysClock by which the checkpoint reports times
     */
    public OtherPolls(
            String queue,
            ObjectMapper json,
            Predicate<String> isThisProcess,
            Supplier<Optional<Instant>> ownBegin,
            Clock clock,
            Clock genesysClock) {
        this.queue = queue;
        this.json = json;
        this.isThisProcess = isThisProcess;
        this.ownBegin = ownBegin;
        this.clock = clock;
        this.genesysClock = genesysClock;
    }

    @Override
    public void at(Session session) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue), ENTRY)) {
            BrowsedMessages messages = BrowsedMessages.of(browser);
            for (int i = 0; i < MOST_VERSIONS && messages.hasNext(); i++) {
                poll(messages.next()).ifPresent(this::seen);
            }
        }
    }

    /** The last good poll; empty if this process made it, or there was none. */
    public synchronized Optional<OthersPoll> lastGood() {
        Poll poll = last;
        return poll == null || isThisProcess.test(poll.process())
                ? Optional.empty()
                : Optional.of(new OthersPoll(Duration.between(lastAt, clock.instant()), isStandingBy));
    }

    /** Its entry; empty if it is none: the poll that reads the checkpoint will say so. */
    private Optional<Poll> poll(Message message) throws JMSException {
        if (ReceivedText.problem(message).isPresent()) {
            return Optional.empty();
        }
        try {
            JsonNode entry = json.readTree(ReceivedText.of(message));
            Instant begin = Instant.parse(entry.path("lastGoodPoll").asText());
            return KeptTimes.areOurs(begin)
                    ? Optional.of(new Poll(begin, entry.path("polledBy").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException | DateTimeException e) {
            LOG.debug("no entry of a good poll: {}", e.getClass().getName());
            return Optional.empty();
        }
    }

    /** One that no poll can have begun at hides those that follow it. */
    private boolean isForged(Instant begin) {
        return begin.isAfter(genesysClock.instant().plus(KeptTimes.MOST_WRONG));
    }

    /** A name that is not ours at a poll that is: the entry is forged, or a write of this process is still to come. */
    private boolean isOwnRenamed(Poll poll) {
        return !isThisProcess.test(poll.process())
                && ownBegin.get().filter(own -> !poll.begin().isAfter(own)).isPresent();
    }

    private synchronized void seen(Poll poll) {
        Poll before = last;
        boolean isNewer = before == null
                || poll.begin().isAfter(before.begin())
                || (isForged(before.begin()) && !poll.begin().equals(before.begin()));
        if (!isNewer || isOwnRenamed(poll)) {
            return;
        }
        Duration age = before == null ? Duration.between(poll.begin(), genesysClock.instant()) : Duration.ZERO;
        last = poll;
        lastAt = clock.instant().minus(age.isNegative() ? Duration.ZERO : age);
        boolean isOther = !isThisProcess.test(poll.process());
        boolean isStandingByNow = isOther && before != null && !isForged(poll.begin());
        if (isStandingByNow && !isStandingBy) {
            LOG.info("standing by: another process polls; this one takes over when that one stops");
        } else if (isOther && before == null) {
            LOG.info(
                    "the last good poll began {} s ago, made by another process, or by this one before it was restarted;"
                            + " waiting for the poll request",
                    Duration.between(lastAt, clock.instant()).toSeconds());
        }
        isStandingBy = isStandingByNow;
    }
}
