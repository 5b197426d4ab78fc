// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.Role;
import org.conversationbridge.conversation.State;
import org.conversationbridge.text.SharedText;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a conversation as it was last announced: what decides whether it has changed, and what a later report
 * of it may lack. Neither customer nor names.
 *
 * @param agentUserId of the agent who has it; absent if none does
 * @param queueId of its queue; absent if it is in none
 * @param mediaType as in {@link Conversation}, like {@code direction}
 * @param changedAt the latest time of its own that it reported; absent if it reported none
 */
public record LastKnown(
        State state,
        @Nullable String agentUserId,
        @Nullable String queueId,
        String mediaType,
        @Nullable String direction,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant changedAt,
        List<String> divisionIds) {

    /** Without divisions where an earlier version wrote it. What many conversations have in common is kept once. */
    public LastKnown {
        agentUserId = SharedText.orNull(agentUserId);
        queueId = SharedText.orNull(queueId);
        if (mediaType != null) {
            mediaType = SharedText.of(mediaType);
        }
        direction = SharedText.orNull(direction);
        divisionIds = divisionIds == null ? List.of() : SharedText.of(divisionIds);
    }

    /** What is kept of a conversation. */
    static LastKnown of(Conversation conversation) {
        return new LastKnown(
                conversation.state(),
                conversation.agentUserId().orElse(null),
                queueId(conversation),
                conversation.mediaType(),
                conversation.direction(),
                conversation.startedAt(),
                conversation.endedAt(),
                conversation.changedAt(),
                conversation.divisionIds());
    }

    /** Whether it has all that one of ours has, each time a plausible one. */
    boolean isWhole() {
        return state != null && mediaType != null && KeptTimes.areReported(startedAt, endedAt, changedAt);
    }

    /** The same, with a time ahead of Genesys Cloud's now treated as that now. */
    LastKnown asOf(Instant now) {
        return new LastKnown(
                state,
                agentUserId,
                queueId,
                mediaType,
                direction,
                KeptTimes.asOf(now, startedAt),
                KeptTimes.asOf(now, endedAt),
                KeptTimes.asOf(now, changedAt),
                divisionIds);
    }

    /** Whether a conversation has the same state, agent and queue. */
    boolean isAs(Conversation reported) {
        return state == reported.state() && hasSameAgent(reported) && Objects.equals(queueId, queueId(reported));
    }

    /** Whether the same agent, or none, has it. */
    boolean hasSameAgent(Conversation reported) {
        return Objects.equals(agentUserId, reported.agentUserId().orElse(null));
    }

    /**
     * A conversation with what its report lacks. A notification reports neither divisions nor the start, nor of each
     * medium the direction: they are as they were. So is all of it if an end names no participants.
     */
    Conversation complete(Conversation reported) {
        boolean isEndOnly =
                reported.mediaType().equals("unknown") && reported.agents().isEmpty() && reported.queue() == null;
        Conversation last = asConversation(reported.conversationId());
        return new Conversation(
                reported.conversationId(),
                isEndOnly ? mediaType : reported.mediaType(),
                reported.direction() != null ? reported.direction() : direction,
                reported.state(),
                reported.startedAt() != null ? reported.startedAt() : startedAt,
                reported.endedAt(),
                isEndOnly ? last.queue() : reported.queue(),
                reported.agent(),
                isEndOnly ? last.agents() : reported.agents(),
                reported.customer(),
                reported.divisionIds().isEmpty() ? divisionIds : reported.divisionIds(),
                reported.changedAt(),
                reported.auxiliaryMedia(),
                reported.heldSince());
    }

    /** The conversation itself, as far as it is kept. */
    Conversation asConversation(String conversationId) {
        Agent agent = agentUserId == null ? null : new Agent(agentUserId, null, null, Role.PRIMARY.label(), null, null);
        return new Conversation(
                conversationId,
                mediaType,
                direction,
                state,
                startedAt,
                endedAt,
                queueId == null ? null : new QueueRef(queueId, null),
                agent,
                agent == null ? List.of() : List.of(agent),
                null,
                divisionIds,
                changedAt);
    }

    private static @Nullable String queueId(Conversation conversation) {
        QueueRef queue = conversation.queue();
        return queue == null ? null : queue.id();
    }
}
