// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.history.HistorySummary;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that changed, as it was observed.
 *
 * @param eventType {@code conversation.started}, {@code conversation.updated}, {@code conversation.ended} or
 *     {@code conversation.completed}
 * @param sequence greater than every earlier one of the conversation: see {@link #opened}
 * @param observedAt when Genesys Cloud answered
 * @param observed whether a poll found it so, or it was found after an outage
 * @param isStale ({@code stale}) polls find it no more, and its end could not be confirmed: the conversation is as it
 *     was last known
 * @param completion only of {@code conversation.completed}
 * @param history only of a change that completes a message which was sent without it; of any other it is requested
 *     later
 */
public record ConversationChange(
        String eventType,
        long sequence,
        Instant observedAt,
        Observed observed,
        Conversation conversation,
        @JsonProperty("stale") boolean isStale,
        @Nullable Completion completion,
        @Nullable HistorySummary history)
        implements AgentsWanted {
    static final String STARTED = "conversation.started";
    static final String UPDATED = "conversation.updated";
    static final String ENDED = "conversation.ended";
    static final String COMPLETED = "conversation.completed";

    public ConversationChange(
            String eventType,
            long sequence,
            Instant observedAt,
            Observed observed,
            Conversation conversation,
            boolean isStale,
            @Nullable Completion completion) {
        this(eventType, sequence, observedAt, observed, conversation, isStale, completion, null);
    }

    public ConversationChange(String eventType, long sequence, Instant observedAt, Conversation conversation) {
        this(eventType, sequence, observedAt, Observed.LIVE, conversation, false, null);
    }

    /** The first change of a conversation of which nothing can have been announced. */
    public static ConversationChange started(Conversation conversation, Instant observedAt, Observed observed) {
        return opened(true, 1, conversation, observedAt, observed);
    }

    /**
     * The first change of a conversation that was not announced before, or of which that is forgotten.
     *
     * @param isNew false for one that was opened again
     * @param sequence 1 where nothing can have been announced of it, else the time in milliseconds: greater than any
     *     that it had before, since those that follow a change are one more each
     */
    public static ConversationChange opened(
            boolean isNew, long sequence, Conversation conversation, Instant observedAt, Observed observed) {
        return new ConversationChange(
                isNew ? STARTED : UPDATED, sequence, observedAt, observed, conversation, false, null);
    }

    /**
     * That a conversation of which nothing is remembered is over, for readers of the current queue that still see it.
     *
     * @param sequence greater than any that it had
     */
    public static ConversationChange forgotten(Standing seen, long sequence, Instant now) {
        Conversation ended = new Conversation(
                seen.conversationId(),
                seen.mediaType(),
                seen.direction(),
                State.ENDED,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null);
        return new ConversationChange(ENDED, sequence, now, ended);
    }

    /** The change that reports the same once more, with the history that was not known before. */
    public ConversationChange completedBy(HistorySummary known, Instant now) {
        return new ConversationChange(UPDATED, sequence + 1, now, observed, conversation, false, null, known);
    }

    /** Whether the conversation goes on, as far as is known. */
    @JsonIgnore
    public boolean isLive() {
        return !isStale && conversation.state() != State.ENDED;
    }

    /** Whether it reports a change of a conversation that was announced before, and goes on. */
    @JsonIgnore
    public boolean isUpdate() {
        return eventType.equals(UPDATED);
    }

    /** Whether it reports an end, or how it went until then. */
    public boolean tellsEnd() {
        return eventType.equals(ENDED) || eventType.equals(COMPLETED);
    }

    @Override
    @JsonIgnore
    public List<String> agentUserIds() {
        return history != null ? List.of() : conversation.agentUserId().stream().toList();
    }
}
