// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.conversationbridge.broker.WaitingMessages;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of complete-histories and the routes that it calls, and one of deliver-conversation
 * ({@code missingHistories} in the routes). A change that was delivered without the history of its agent is noted in
 * the same transaction, on a queue of its own. The process that polls looks at the notes, queries the agents once
 * more, and announces what is known now with the next sequence. The notes are taken away after that: one that is seen
 * again has a sequence that is no longer the newest, and is dropped.
 */
public final class MissingHistories {
    /** Notes that one look reads. */
    private static final int MOST_AT_ONCE = 5_000;
    /** Notes that are taken away together. */
    private static final int TAKEN_TOGETHER = 100;

    private static final Logger LOG = LoggerFactory.getLogger(MissingHistories.class);

    private final WaitingMessages notes;
    private final AgentHistories histories;
    private final HistorySettings settings;
    private final PollSettings poll;
    private final Clock clock;
    private final ObjectMapper json;

    public MissingHistories(
            WaitingMessages notes,
            AgentHistories histories,
            HistorySettings settings,
            PollSettings poll,
            Clock clock,
            ObjectMapper json) {
        this.notes = notes;
        this.histories = histories;
        this.settings = settings;
        this.poll = poll;
        this.clock = clock;
        this.json = json;
    }

    /** Whether a change that was delivered is to be completed later. */
    public boolean isToNote(
            @Variable("change") ConversationChange change,
            @Variable("page") @Nullable ChangePage page,
            @Header("historyStatus") @Nullable String status) {
        return settings.completeLater()
                && (page == null || !page.isRestated())
                && change.isLive()
                && HistoryStatus.UNAVAILABLE.label().equals(status);
    }

    /** What is noted, the oldest first. */
    public NotedHistories look() throws JMSException {
        NotedHistories noted = new NotedHistories();
        if (settings.completeLater()) {
            notes.show((messageId, text) -> {
                noted.add(messageId, read(text));
                return noted.size() < MOST_AT_ONCE;
            });
        }
        return noted;
    }

    /** Starts the queries for those agents whose history is not known, and was not requested a moment ago. */
    public void begin(@Variable("notedHistories") NotedHistories noted, @Variable("checkpoint") Checkpoint checkpoint) {
        noted.begin(checkpoint, histories::missing, settings.agentsPerQuery());
    }

    /** Some agents could not be queried. The others are, unless it took its time. */
    public void failed(
            @Variable("notedHistories") NotedHistories noted,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.debug("histories not completed: {}", FailureText.of(failure));
        if (!(failure instanceof AccessDeniedException || failure instanceof InvalidRequestException)) {
            noted.stop();
        }
    }

    /** The changes whose history is known by now, in pages. */
    public List<ChangePage> pages(@Variable("notedHistories") NotedHistories noted) {
        Instant now = clock.instant();
        List<ConversationChange> changes = noted.changes(change -> completed(change, now));
        return ChangePage.pages("histories", changes, poll.changesPerPage(), poll.partitions());
    }

    private @Nullable ConversationChange completed(ConversationChange change, Instant now) {
        String id = change.conversation().conversationId();
        return change.conversation()
                .agentUserId()
                .flatMap(histories::known)
                .map(history -> change.completedBy(history.summary(id, settings.limit()), now))
                .orElse(null);
    }

    /** What was announced, and what has moved on, need not be looked at any more. */
    public void done(@Variable("notedHistories") NotedHistories noted) throws JMSException {
        List<String> done = new ArrayList<>(noted.done());
        for (int i = 0; i < done.size(); i += TAKEN_TOGETHER) {
            notes.take(done.subList(i, Math.min(i + TAKEN_TOGETHER, done.size())));
        }
    }

    /** A look outside of a poll failed: the next one sees the same. */
    public void postponed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.debug("histories not completed: {}", FailureText.of(failure));
    }

    private ConversationChange read(String text) {
        try {
            ConversationChange change = json.readValue(text, ConversationChange.class);
            Optional<String> problem = change == null
                    ? Optional.of("It is empty.")
                    : ChangePage.again(change, poll.partitions()).problem();
            if (problem.isPresent()) {
                throw new ForeignMessageException(problem.get());
            }
            return change;
        } catch (JsonProcessingException e) {
            throw ForeignMessageException.of(e);
        }
    }
}
