// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
 * <p>Holds are reported by their start only, and a resume by no time at all. So of three rules: a hold that began no
 * later than the last one announced, and is not announced any more, is over. A resume is taken where nothing else of
 * it is older; but what was received before a hold began that a poll reported is no resume of it. A poll that
 * contradicts a hold or resume which a notification reported, and reports no later time itself, lags behind it; after
 * {@link #LAG} it is believed, so that what a late notification reported wrongly is put right.
 *
 * @param sequence of the last change announced
 * @param observedAt when Genesys Cloud reported it
 * @param missingSince time of the first good poll that did not find it any more; absent while polls find it
 * @param isStale ({@code stale}) whether it was announced that its end cannot be confirmed
 * @param followUp of a conversation that has ended, until it is announced as completed
 * @param changedAt the latest time of its own that it reported; absent where it reported none
 * @param heldSince when the last hold that was announced began, also after it; absent where none was
 * @param isNotified ({@code notified}) whether a notification reported it
 * @param previousEnd of one that was opened again: not before this it had ended; absent of any other
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
        List<String> divisionIds,
        @Nullable Instant heldSince,
        @JsonProperty("notified") boolean isNotified,
        @Nullable Instant previousEnd) {

    /** Between what two APIs, or two answers, report the same moment. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);
    /** How far a poll's answer may lag behind what a notification reported. */
    public static final Duration LAG = Duration.ofSeconds(30);
    /** The end before one was opened again lies further back than this, where it is not remembered. */
    private static final Duration CLOSED_BEFORE = Duration.ofMinutes(1);

    /** Without divisions where an earlier version wrote it. */
    public Announced {
        divisionIds = divisionIds == null ? List.of() : List.copyOf(divisionIds);
    }

    /** Whether it has all that one of ours has, each time a plausible one. */
    @JsonIgnore
    public boolean isWhole() {
        return observedAt != null
                && state != null
                && mediaType != null
                && (followUp == null || followUp.isWhole())
                && KeptTimes.areOurs(observedAt, missingSince)
                && KeptTimes.areReported(startedAt, endedAt, changedAt, heldSince, previousEnd);
    }

    /**
     * A change, once it is announced.
     *
     * @param firstFollowUp from the end of a conversation to the first look for its completion
     */
    public static Announced of(ConversationChange change, Duration firstFollowUp) {
        Conversation conversation = change.conversation();
        QueueRef queue = conversation.queue();
        return new Announced(
                change.sequence(),
                change.observedAt(),
                conversation.state(),
                conversation.agentUserId().orElse(null),
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
                conversation.divisionIds(),
                conversation.heldSince(),
                false,
                change.isUpdate() && conversation.changedAt() != null
                        ? conversation.changedAt().minus(CLOSED_BEFORE)
                        : null);
    }

    /**
     * The same, with what is kept of what was announced before.
     *
     * @param previous what was announced before; null where nothing was, or it is forgotten
     * @param byNotification whether a notification reported the change
     */
    public Announced after(@Nullable Announced previous, boolean byNotification) {
        return copy(
                sequence,
                missingSince,
                followUp,
                latest(heldSince, previous == null ? null : previous.heldSince),
                byNotification,
                previous == null ? previousEnd : hasEnded() ? previous.previousEnd : previous.latestEnd());
    }

    /** The same, reported once more with the next sequence. */
    public Announced again(long next) {
        return copy(next, missingSince, followUp, heldSince, isNotified, previousEnd);
    }

    private @Nullable Instant latestEnd() {
        return endedAt != null ? endedAt : previousEnd;
    }

    /**
     * The change to announce of a conversation that polls find; empty when there is none, or it is as it was before
     * what was announced: analytics lags behind notifications.
     */
    public Optional<ConversationChange> changeTo(Conversation found, Instant now) {
        return isAs(found) || isOlder(found, SAME_MOMENT) || isBehindNotification(found, now)
                ? Optional.empty()
                : Optional.of(updated(found, now));
    }

    /**
     * The same of a notification: they come late, and out of order, but from one clock.
     *
     * @param receivedAt by the clock of Genesys Cloud; it may have waited since
     */
    public Optional<ConversationChange> changeToNotified(Conversation notified, Instant receivedAt) {
        Instant now = receivedAt.isBefore(observedAt) ? observedAt : receivedAt;
        if (notified.state() == State.ENDED) {
            return hasEnded() || isOlder(notified, Duration.ZERO)
                    ? Optional.empty()
                    : Optional.of(ended(notified, now, Observed.LIVE));
        }
        boolean isOld = isEarlierHold(notified)
                || isBeforePolledHold(receivedAt)
                || !isResume(notified) && isOlder(notified, Duration.ZERO);
        return isAs(notified) || isOld ? Optional.empty() : Optional.of(updated(notified, now));
    }

    /** That it was opened again after its end, between two polls. */
    public ConversationChange openedAgain(Conversation begun, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.RECONCILED, begun, false, null);
    }

    /** Whether an end is from before it was opened again: the answer lags. */
    public boolean isEarlierEnd(Conversation ended) {
        Instant end = ended.endedAt();
        return end != null && previousEnd != null && !end.isAfter(previousEnd);
    }

    /** That it has ended. */
    public ConversationChange ended(Conversation ended, Instant now, Observed observed) {
        return next(ConversationChange.ENDED, now, observed, ended, false, null);
    }

    /** That polls find it no more and it is unknown whether it has ended. */
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

    /**
     * What was announced last, once more with the same sequence, for readers of the current queue. As polls find it
     * where that is the same state; else as it was last known, without customer and names.
     *
     * @param found as the poll finds it; null where it does not
     */
    public ConversationChange restated(String conversationId, @Nullable Conversation found) {
        return new ConversationChange(
                hasEnded()
                        ? ConversationChange.ENDED
                        : sequence == 1 ? ConversationChange.STARTED : ConversationChange.UPDATED,
                sequence,
                observedAt,
                Observed.LIVE,
                found != null && isAs(found) ? known(found) : lastKnown(conversationId),
                isStale,
                null);
    }

    /** Whether it goes on, as far as was announced. */
    @JsonIgnore
    public boolean isLive() {
        return !hasEnded() && !isStale;
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

    /** Whether its completion is to be requested now. */
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

    /** As its completion is requested again later. */
    public Announced later(Instant now, Duration firstFollowUp) {
        return followUp == null ? this : with(missingSince, followUp.next(now, firstFollowUp));
    }

    /** Whether it was so before what was announced; what has ended begins again only after its end. */
    private boolean isOlder(Conversation other, Duration tolerance) {
        Instant at = other.changedAt();
        if (at == null || changedAt == null) {
            return false;
        }
        return hasEnded() ? !at.isAfter(changedAt) : at.plus(tolerance).isBefore(changedAt);
    }

    /**
     * A resume reports no time. Where the latest one announced is that of the hold, there is nothing to compare it
     * with.
     */
    private boolean isResume(Conversation notified) {
        return state == State.HELD
                && notified.state() == State.CONNECTED
                && hasSameAgent(notified)
                && heldSince != null
                && changedAt != null
                && !changedAt.isBefore(heldSince);
    }

    /** A hold after which the conversation was resumed already. */
    private boolean isEarlierHold(Conversation notified) {
        Instant since = notified.heldSince();
        return notified.state() == State.HELD
                && state != State.HELD
                && since != null
                && heldSince != null
                && !since.isAfter(heldSince);
    }

    /** Whether a poll reported a hold that began only after something was received. */
    private boolean isBeforePolledHold(Instant receivedAt) {
        return state == State.HELD && !isNotified && heldSince != null && receivedAt.isBefore(heldSince);
    }

    private boolean isBehindNotification(Conversation found, Instant now) {
        Instant told = latest(changedAt, heldSince);
        Instant tells = latest(found.changedAt(), found.heldSince());
        boolean isOnlyHold = (state == State.HELD) != (found.state() == State.HELD) && hasSameAgent(found);
        return isNotified
                && isOnlyHold
                && now.isBefore(observedAt.plus(LAG))
                && told != null
                && (tells == null || !tells.isAfter(told.plus(SAME_MOMENT)));
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private boolean hasSameAgent(Conversation other) {
        return Objects.equals(agentUserId, other.agentUserId().orElse(null));
    }

    private ConversationChange updated(Conversation conversation, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.LIVE, conversation, false, null);
    }

    private boolean isAs(Conversation found) {
        QueueRef queue = found.queue();
        return !isStale
                && state == found.state()
                && hasSameAgent(found)
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

    /**
     * A notification reports neither divisions nor the start, nor of each medium the direction: they are as they were.
     * So is all of it where an end names no participants.
     */
    private Conversation known(Conversation told) {
        boolean isEndOnly = told.mediaType().equals("unknown") && told.agents().isEmpty() && told.queue() == null;
        Conversation last = lastKnown(told.conversationId());
        return new Conversation(
                told.conversationId(),
                isEndOnly ? mediaType : told.mediaType(),
                told.direction() != null ? told.direction() : direction,
                told.state(),
                told.startedAt() != null ? told.startedAt() : startedAt,
                told.endedAt(),
                isEndOnly ? last.queue() : told.queue(),
                told.agent(),
                isEndOnly ? last.agents() : told.agents(),
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
        return copy(sequence, newMissingSince, newFollowUp, heldSince, isNotified, previousEnd);
    }

    private Announced copy(
            long newSequence,
            @Nullable Instant newMissingSince,
            @Nullable FollowUp newFollowUp,
            @Nullable Instant newHeldSince,
            boolean notified,
            @Nullable Instant newPreviousEnd) {
        return new Announced(
                newSequence,
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
                divisionIds,
                newHeldSince,
                notified,
                newPreviousEnd);
    }
}
