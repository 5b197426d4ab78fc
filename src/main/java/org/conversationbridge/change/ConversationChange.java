// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that changed, as it was observed.
 *
 * @param eventType {@code conversation.started}, {@code conversation.updated}, {@code conversation.ended} or
 *     {@code conversation.completed}
 * @param sequence 1 for the first change announced of a conversation, then one more each
 * @param observedAt when Genesys Cloud answered
 * @param observed whether a poll found it so, or it was found after an outage
 * @param isStale ({@code stale}) polls find it no more, and its end could not be confirmed: the conversation is as it was
 *     last known
 * @param completion only of {@code conversation.completed}
 */
public record ConversationChange(
        String eventType,
        long sequence,
        Instant observedAt,
        Observed observed,
        Conversation conversation,
        @JsonProperty("stale") boolean isStale,
        @Nullable Completion completion)
        implements AgentsWanted {
    static final String STARTED = "conversation.started";
    static final String UPDATED = "conversation.updated";
    static final String ENDED = "conversation.ended";
    static final String COMPLETED = "conversation.completed";

    public ConversationChange(String eventType, long sequence, Instant observedAt, Conversation conversation) {
        this(eventType, sequence, observedAt, Observed.LIVE, conversation, false, null);
    }

    /** The first change of a conversation that was not announced before. */
    public static ConversationChange started(Conversation conversation, Instant observedAt, Observed observed) {
        return new ConversationChange(STARTED, 1, observedAt, observed, conversation, false, null);
    }

    /** Whether the conversation goes on, as far as is known. */
    @JsonIgnore
    public boolean isLive() {
        return !isStale && conversation.state() != State.ENDED;
    }

    @Override
    @JsonIgnore
    public List<String> agentUserIds() {
        return conversation.agentUserId().stream().toList();
    }
}
