// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.Role;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * What was last announced of a conversation. It has changed when its state (hold is one), the agent who has it or its
 * queue is another.
 *
 * @param sequence of the last change announced
 * @param observedAt when Genesys Cloud told of it
 * @param missingSince time of the first good poll that did not find it any more; absent while polls find it
 * @param isStale ({@code stale}) whether it was announced that its end cannot be confirmed
 * @param followUp of a conversation that has ended, until it is announced as completed
 * @param changedAt the latest time that it told of itself; absent where it told none
 */
public record Announced(
        long sequence,
        Instant observedAt,
        State state,
        @Nullable String agentUserId,
        @Nullable String queueId,
        String mediaType,
        @Nullable String direction,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant missingSince,
        @JsonProperty("stale") boolean isStale,
        @Nullable FollowUp followUp,
        @Nullable Instant changedAt,
        List<String> divisionIds) {

    /** Between what two APIs, or two answers, tell of the same moment. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    /** Without divisions where an earlier version wrote it. */
    public Announced {
        divisionIds = divisionIds == null ? List.of() : List.copyOf(divisionIds);
    }

    /**
     * A change, once it is announced.
     *
     * @param firstFollowUp from the end of a conversation to the first look for its completion
     */
    public static Announced of(ConversationChange change, Duration firstFollowUp) {
        Conversation conversation = change.conversation();
        Agent agent = conversation.agent();
        QueueRef queue = conversation.queue();
        return new Announced(
                change.sequence(),
                change.observedAt(),
                conversation.state(),
                agent == null ? null : agent.userId(),
                queue == null ? null : queue.id(),
                conversation.mediaType(),
                conversation.direction(),
                conversation.startedAt(),
                conversation.endedAt(),
                null,
                change.isStale(),
                change.eventType().equals(ConversationChange.ENDED)
                        ? FollowUp.after(change.observedAt(), firstFollowUp)
                        : null,
                conversation.changedAt(),
                conversation.divisionIds());
    }

    /**
     * The change to announce of a conversation that polls find; empty when there is none, or it is as it was before what
     * was announced: analytics lags behind notifications.
     */
    public Optional<ConversationChange> changeTo(Conversation found, Instant now) {
        return isAs(found) || isOlder(found, SAME_MOMENT) ? Optional.empty() : Optional.of(updated(found, now));
    }

    /** The same of a notification: they come late, and out of order, but from one clock. */
    public Optional<ConversationChange> changeToNotified(Conversation notified, Instant now) {
        if (notified.state() == State.ENDED) {
            return hasEnded() || isOlder(notified, Duration.ZERO)
                    ? Optional.empty()
                    : Optional.of(ended(notified, now, Observed.LIVE));
        }
        return isAs(notified) || isOlder(notified, Duration.ZERO)
                ? Optional.empty()
                : Optional.of(updated(notified, now));
    }

    /** That it was opened again after its end, while nobody looked. */
    public ConversationChange openedAgain(Conversation begun, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.RECONCILED, begun, false, null);
    }

    /** That it has ended. */
    public ConversationChange ended(Conversation ended, Instant now, Observed observed) {
        return next(ConversationChange.ENDED, now, observed, ended, false, null);
    }

    /** That polls find it no more and nobody knows whether it has ended. */
    public ConversationChange stale(String conversationId, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.LIVE, lastKnown(conversationId), true, null);
    }

    /** How it went, after its end. */
    public ConversationChange completed(Conversation ended, Completion completion, Instant now) {
        return next(ConversationChange.COMPLETED, now, Observed.LIVE, ended, false, completion);
    }

    /** The same where analytics does not know it. */
    public ConversationChange completed(String conversationId, Completion completion, Instant now) {
        return completed(lastKnown(conversationId), completion, now);
    }

    /** Whether its end was announced. */
    @JsonIgnore
    public boolean hasEnded() {
        return state == State.ENDED;
    }

    /** Whether an earlier end of it was announced than the one that it has now. */
    public boolean endedBefore(Conversation ended) {
        return hasEnded()
                && endedAt != null
                && ended.endedAt() != null
                && endedAt.plus(SAME_MOMENT).isBefore(ended.endedAt());
    }

    /** Whether nothing more is expected of it. */
    @JsonIgnore
    public boolean isSettled() {
        return isStale || hasEnded() && followUp == null;
    }

    /** Whether its completion is to be asked for now. */
    public boolean isDue(Instant now) {
        return followUp != null && !followUp.due().isAfter(now);
    }

    /** As polls find it again. */
    public Announced found() {
        return missing(null);
    }

    /** As polls find it no more. */
    public Announced missing(@Nullable Instant since) {
        return with(since, followUp);
    }

    /** As its completion is asked for again later. */
    public Announced later(Instant now, Duration firstFollowUp) {
        return followUp == null ? this : with(missingSince, followUp.next(now, firstFollowUp));
    }

    /** Whether it was so before what was announced; what has ended begins anew only after its end. */
    private boolean isOlder(Conversation other, Duration tolerance) {
        Instant at = other.changedAt();
        if (at == null || changedAt == null) {
            return false;
        }
        return hasEnded() ? !at.isAfter(changedAt) : at.plus(tolerance).isBefore(changedAt);
    }

    private ConversationChange updated(Conversation conversation, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.LIVE, conversation, false, null);
    }

    private boolean isAs(Conversation found) {
        Agent agent = found.agent();
        QueueRef queue = found.queue();
        return !isStale
                && state == found.state()
                && Objects.equals(agentUserId, agent == null ? null : agent.userId())
                && Objects.equals(queueId, queue == null ? null : queue.id());
    }

    private ConversationChange next(
            String eventType,
            Instant now,
            Observed observed,
            Conversation conversation,
            boolean stale,
            @Nullable Completion completion) {
        return new ConversationChange(eventType, sequence + 1, now, observed, known(conversation), stale, completion);
    }

    /** A notification tells neither divisions nor the begin, nor of each medium the direction: they are as they were. */
    private Conversation known(Conversation told) {
        return new Conversation(
                told.conversationId(),
                told.mediaType(),
                told.direction() != null ? told.direction() : direction,
                told.state(),
                told.startedAt() != null ? told.startedAt() : startedAt,
                told.endedAt(),
                told.queue(),
                told.agent(),
                told.agents(),
                told.customer(),
                told.divisionIds().isEmpty() ? divisionIds : told.divisionIds(),
                told.changedAt(),
                told.auxiliaryMedia(),
                told.heldSince());
    }

    private Conversation lastKnown(String conversationId) {
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

    private Announced with(@Nullable Instant newMissingSince, @Nullable FollowUp newFollowUp) {
        return new Announced(
                sequence,
                observedAt,
                state,
                agentUserId,
                queueId,
                mediaType,
                direction,
                startedAt,
                endedAt,
                newMissingSince,
                isStale,
                newFollowUp,
                changedAt,
                divisionIds);
    }
}
