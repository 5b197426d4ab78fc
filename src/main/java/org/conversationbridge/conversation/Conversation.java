// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One conversation at one moment, the same whichever API reported it.
 *
 * @param mediaType its one main medium, see {@link Media}; {@code unknown} while no participant has one
 * @param direction of the conversation: {@code inbound} or {@code outbound}
 * @param startedAt absent only if the API does not say (tutorial dialect)
 * @param queue where it waits, or where the agent who has it got it from; the last one when it has ended
 * @param agent who has it now
 * @param agents every agent who is or was on it, that one first
 * @param changedAt the latest time that anything of it reports: of two states of a conversation the one with the
 *     earlier time is the older one. Hold and the end of after-call work do not show in it
 * @param auxiliaryMedia media that go on beside the main one and only accompany it, such as {@code cobrowse}: sorted,
 *     each once. They decide nothing
 * @param heldSince when the hold that goes on began; absent if it is not on hold, or the API does not say
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
        @Nullable Instant changedAt,
        List<String> auxiliaryMedia,
        @Nullable Instant heldSince) {

    /**
     * By how much a time may lie ahead of Genesys Cloud's now: the clocks of its parts differ, and ours is not exact.
     */
    public static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    public Conversation {
        agents = List.copyOf(agents);
        divisionIds = List.copyOf(divisionIds);
        // A page of an earlier version has none.
        auxiliaryMedia = auxiliaryMedia == null ? List.of() : List.copyOf(auxiliaryMedia);
    }

    /** A conversation without auxiliary media that is not on hold. */
    public Conversation(
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
        this(
                conversationId,
                mediaType,
                direction,
                state,
                startedAt,
                endedAt,
                queue,
                agent,
                agents,
                customer,
                divisionIds,
                changedAt,
                List.of(),
                null);
    }

    /** A conversation as its participants report it. */
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
                        .orElse(null),
                endedAt != null ? List.of() : participants.auxiliaryMedia(),
                endedAt != null ? null : participants.heldSince());
    }

    /** As it was when it began: no agent had it yet. */
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

    /**
     * The same if no time of its own lies ahead of now: one that does is treated as now. Compared as it is
     * reported, a time in 2099 would make every later state of the conversation an earlier one.
     *
     * @param now by the clock of Genesys Cloud
     */
    public Conversation asOf(Instant now) {
        Instant latest = now.plus(CLOCKS_DIFFER);
        boolean isPlausible =
                Stream.of(startedAt, endedAt, changedAt, heldSince).allMatch(at -> at == null || !at.isAfter(latest));
        return isPlausible
                ? this
                : new Conversation(
                        conversationId,
                        mediaType,
                        direction,
                        state,
                        asOf(startedAt, latest, now),
                        asOf(endedAt, latest, now),
                        queue,
                        agent,
                        agents,
                        customer,
                        divisionIds,
                        asOf(changedAt, latest, now),
                        auxiliaryMedia,
                        asOf(heldSince, latest, now));
    }

    private static @Nullable Instant asOf(@Nullable Instant told, Instant latest, Instant now) {
        return told != null && told.isAfter(latest) ? now : told;
    }

    /** Whether it is empty: no end, medium, agents, customer or queue, as with participants {@code []}. */
    public boolean tellsNothing() {
        return endedAt == null && mediaType.equals("unknown") && agents.isEmpty() && customer == null && queue == null;
    }

    /** The user id of the agent who has it now. */
    public Optional<String> agentUserId() {
        return Optional.ofNullable(agent).map(Agent::userId);
    }
}
