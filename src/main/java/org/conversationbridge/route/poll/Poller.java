// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.genesys.query.ActiveConversations;
import org.conversationbridge.genesys.query.ActiveConversationsWalk;
import org.conversationbridge.poll.Pause;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.privacy.Privacy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of receive-request, poll-conversations, compare-conversation, announce-changes and others ({@code poller}
 * in the routes).
 */
public final class Poller {
    /** JMSType of a request to announce what notifications brought. */
    private static final String NOTIFICATION = "notification";

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private static final Duration ASKED_AFTER = Duration.ofMinutes(5);

    private final PollRequests requests;
    private final ActiveConversations activeConversations;
    private final UnreadableConversations unreadable;
    private final Pause pause;
    private final PollLog log;
    private final int changesPerPage;
    private final int partitions;
    private final Clock clock;
    private final Privacy privacy;
    private final Vanished vanished;

    public Poller(
            PollRequests requests,
            ActiveConversations activeConversations,
            UnreadableConversations unreadable,
            Pause pause,
            PollLog log,
            int changesPerPage,
            int partitions,
            Clock clock,
            Privacy privacy,
            Vanished vanished) {
        this.requests = requests;
        this.activeConversations = activeConversations;
        this.unreadable = unreadable;
        this.pause = pause;
        this.log = log;
        this.changesPerPage = changesPerPage;
        this.partitions = partitions;
        this.clock = clock;
        this.privacy = privacy;
        this.vanished = vanished;
    }

    /**
     * Whether to poll: for a request that was not done with another, and for a notification that this process has not
     * announced, as it stood by. Not while the broker does not take what is found.
     */
    public boolean isDue(@Body @Nullable String request, @Header("JMSType") @Nullable String type) {
        if (NOTIFICATION.equals(type)) {
            requests.begin();
        } else if (type != null && !type.isEmpty()) {
            requests.ignored();
            return false;
        } else if (!requests.isDue(request)) {
            return false;
        }
        Duration left = pause.left();
        if (!left.isZero()) {
            log.skipped("the broker did not accept the changes of the last poll; paused for " + (left.toSeconds() + 1)
                    + " s");
        }
        return left.isZero();
    }

    /** Whether the poll of the last request is left out, because notifications report what happens. */
    public boolean isSpared() {
        return requests.isSpared();
    }

    /** Begins a poll. */
    public ActiveConversationsWalk begin() {
        log.begin();
        ActiveConversationsWalk poll = activeConversations.poll();
        if (!log.isReadAgain()) {
            poll.readOnce();
        }
        poll.beginAgainWhere(log::isTimeWrong);
        return poll;
    }

    /**
     * The last page is read. If fewer conversations were read than stated, the poll is still treated as good: what
     * it found is announced, so that there is no gap to be closed. But what it did not find is not missing
     * because of it. Only when that lasts is it requested by id, so that ends are noticed even if the total is
     * wrong for ever: the answer about an id is the truth, whatever a listing says.
     */
    public void noteCompleteness(
            @Variable("poll") ActiveConversationsWalk poll, @Variable("checkpoint") Checkpoint checkpoint) {
        Optional<String> shortfall = poll.shortfall();
        if (shortfall.isPresent()) {
            log.incomplete(shortfall.get());
            checkpoint.incomplete(log.incompleteFor().compareTo(ASKED_AFTER) >= 0);
        } else {
            log.complete();
        }
    }

    /** What the poll did not find was requested by id: whether most of what is live vanished without an end. */
    public void noteVanished(@Variable("checkpoint") Checkpoint checkpoint) {
        vanished.note(
                checkpoint.live().size(), checkpoint.unconfirmed(), checkpoint.missing(), checkpoint::isRemembered);
    }

    /** The change to announce of one conversation; null when there is none. */
    public @Nullable ConversationChange changeOf(
            @Variable("poll") ActiveConversationsWalk poll,
            @Variable("checkpoint") Checkpoint checkpoint,
            @Body JsonNode conversation) {
        return read(poll, conversation)
                .flatMap(found -> checkpoint.compare(found, clock.instant()))
                .orElse(null);
    }

    private Optional<Conversation> read(ActiveConversationsWalk poll, JsonNode conversation) {
        try {
            Optional<Conversation> read = poll.read(conversation).map(privacy::apply);
            read.ifPresent(found -> log.found());
            return read;
        } catch (MalformedConversationException e) {
            if (unreadable.isTold(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * A conversation that was parked because it could not be read, read again: the page to announce, or none when
     * it is out of date.
     *
     * @param attempts where they do not say when Genesys Cloud reported it, its own last change does
     * @throws MalformedConversationException when it still cannot be read
     */
    public List<ChangePage> replay(
            @Variable("checkpoint") Checkpoint checkpoint,
            @Body JsonNode conversation,
            @Variable("attempts") Attempts attempts) {
        Optional<Conversation> read = activeConversations.read(conversation).map(privacy::apply);
        Optional<ConversationChange> change = read.flatMap(found -> checkpoint.replay(found, toldAt(found, attempts)));
        LOG.info(
                "replay conversationId={} {}",
                read.map(Conversation::conversationId).orElse("-"),
                change.isPresent() ? "is announced" : "is ignored: it had ended, or a later state was announced");
        return pages(change.stream().toList());
    }

    /** Not later than now, whatever a message says. */
    private Instant toldAt(Conversation found, Attempts attempts) {
        Instant now = clock.instant();
        return Stream.of(attempts.firstFailedAt(), found.changedAt())
                .filter(Objects::nonNull)
                .findFirst()
                .filter(told -> told.isBefore(now))
                .orElse(now);
    }

    /** The changes of an answer, in pages. */
    public List<ChangePage> pages(@Body List<?> changes) {
        List<ConversationChange> typed = changes.stream()
                .filter(ConversationChange.class::isInstance)
                .map(ConversationChange.class::cast)
                .toList();
        return ChangePage.pages(log.pollId(), typed, changesPerPage, partitions);
    }

    /** A page is on its queue: the transaction is committed. Only what a poll has found is counted as found by it. */
    public void announced(@Variable("page") ChangePage page) {
        if (page.pollId().equals(log.pollId())) {
            log.changed(page.changes().size());
        } else {
            log.announced(page.changes().size());
        }
    }

    /** The poll went through to its end. */
    public void finished() {
        pause.end();
        log.finished();
    }

    /** What was announced is not delivered in time; a later poll finds the same. */
    public void skipped(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        log.skipped(FailureText.of(failure));
    }

    /** A poll could not be requested: its request could not be put on the queue. */
    public void notAsked(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.warn(
                "poll request skipped: {} The next one follows at the next fire time.",
                FailureText.sentence(
                        BrokerException.in(failure).map(Exception.class::cast).orElse(failure)));
        LOG.debug("poll request skipped", new WordlessException(failure));
    }

    /** The poll broke off; the next one heals it. */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Optional<BrokerException> refused = BrokerException.in(failure);
        refused.filter(BrokerException::isRefusal).ifPresent(named -> pause.begin());
        log.failed(refused.map(Exception.class::cast).orElse(failure));
    }
}
