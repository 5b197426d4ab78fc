// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.history.HistorySummary;
import org.jspecify.annotations.Nullable;

/**
 * One message on the result queue: a conversation's change, joined with what its agent did lately. The JSON Schema is
 * {@code config/conversation-message.schema.json}; every field is always there, null if nothing is known.
 */
@JsonPropertyOrder({
    "schemaVersion",
    "messageId",
    "eventType",
    "sequence",
    "observedAt",
    "observed",
    "conversationId",
    "mediaType",
    "auxiliaryMedia",
    "direction",
    "state",
    "startedAt",
    "endedAt",
    "queue",
    "agent",
    "agents",
    "customer",
    "divisionIds",
    "stale",
    "completion",
    "history",
    "unresolved"
})
public record ConversationMessage(
        String schemaVersion,
        String messageId,
        String eventType,
        long sequence,
        Instant observedAt,
        Observed observed,
        String conversationId,
        String mediaType,
        List<String> auxiliaryMedia,
        @Nullable String direction,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable QueueRef queue,
        @Nullable Agent agent,
        List<Agent> agents,
        @Nullable Customer customer,
        List<String> divisionIds,
        @JsonProperty("stale") boolean isStale,
        @Nullable Completion completion,
        HistorySummary history,
        List<String> unresolved) {

    /** Version of the JSON Schema. */
    public static final String SCHEMA_VERSION = "1.0";

    static ConversationMessage of(ConversationChange change, HistorySummary history, Naming naming) {
        Conversation conversation = change.conversation();
        return new ConversationMessage(
                SCHEMA_VERSION,
                MessageId.of(change),
                change.eventType(),
                change.sequence(),
                change.observedAt(),
                change.observed(),
                conversation.conversationId(),
                conversation.mediaType(),
                conversation.auxiliaryMedia(),
                conversation.direction(),
                conversation.state().label(),
                conversation.startedAt(),
                conversation.endedAt(),
                naming.of(conversation.queue()),
                naming.of(conversation.agent()),
                naming.of(conversation.agents()),
                conversation.customer(),
                conversation.divisionIds(),
                change.isStale(),
                naming.of(change.completion()),
                naming.of(history),
                naming.unresolved());
    }

    /** For the JMS property: the queue's id. */
    @JsonIgnore
    public @Nullable String queueId() {
        return queue == null ? null : queue.id();
    }

    /** For the JMS property: the user id of the agent who has it. */
    @JsonIgnore
    public @Nullable String agentUserId() {
        return agent == null ? null : agent.userId();
    }

    /** For the JMS property: how much of the history there is. */
    @JsonIgnore
    public String historyStatus() {
        return history.status().label();
    }
}
