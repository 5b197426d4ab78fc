// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One conversation at one moment, the same whichever API told of it.
 *
 * @param mediaType of the agent who has it, else of the customer; {@code unknown} where nobody has a medium
 * @param direction of the conversation: {@code inbound} or {@code outbound}
 * @param startedAt absent only where the API does not tell (tutorial dialect)
 * @param queue where it waits, or where the agent who has it got it from; the last one when it has ended
 * @param agent who has it now
 * @param agents every agent who is or was on it, that one first
 * @param changedAt the latest time that anything of it tells: of two states of a conversation the one with the earlier
 *     time is the older one. Hold and the end of after-call work do not show in it
 */
public record Conversation(
        String conversationId,
        String mediaType,
        @Nullable String direction,
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable QueueRef queue,
        @Nullable Agent agent,
        List<Agent> agents,
        @Nullable Customer customer,
        List<String> divisionIds,
        @Nullable Instant changedAt) {

    public Conversation {
        agents = List.copyOf(agents);
        divisionIds = List.copyOf(divisionIds);
    }

    /** A conversation as its participants tell it. */
    public static Conversation of(
            String conversationId,
            @Nullable String direction,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            Participants participants,
            List<String> divisionIds) {
        return new Conversation(
                conversationId,
                participants.mediaType(),
                direction != null ? direction : participants.direction(),
                endedAt != null ? State.ENDED : participants.state(),
                startedAt,
                endedAt,
                endedAt != null ? participants.lastQueue() : participants.queue(),
                participants.agent(),
                participants.agents(),
                participants.customer(),
                divisionIds,
                Stream.of(startedAt, endedAt, participants.changedAt())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    /** As it was when it began: nobody had it yet. */
    public Conversation atStart() {
        return new Conversation(
                conversationId,
                mediaType,
                direction,
                "outbound".equals(direction) ? State.ALERTING : State.QUEUED,
                startedAt,
                null,
                queue,
                null,
                List.of(),
                customer,
                divisionIds,
                startedAt);
    }

    /** The user id of the agent who has it now. */
    public Optional<String> agentUserId() {
        return Optional.ofNullable(agent).map(Agent::userId);
    }
}
