// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * What was last announced of a conversation, as the checkpoint keeps it ({@link StoredAnnounced}). It has changed when
 * its state (on hold is one), the agent who has it or its queue differs: {@link Comparison} decides, {@link NextChange}
 * is what is announced then.
 *
 * @param sequence of the last change announced
 * @param observedAt when Genesys Cloud reported it
 * @param conversation as it was reported
 * @param isStale whether it was announced that its end cannot be confirmed
 * @param isNotified whether a notification reported it
 * @param heldSince when the last hold that was announced began, also after it; absent if none was
 * @param previousEnd of one that was opened again: not before this it had ended; absent of any other
 * @param missingSince time of the first good poll that did not find it any more; absent while polls find it
 * @param followUp of a conversation that has ended, until it is announced as completed
 */
public record Announced(
        long sequence,
        Instant observedAt,
        LastKnown conversation,
        boolean isStale,
        boolean isNotified,
        @Nullable Instant heldSince,
        @Nullable Instant previousEnd,
        @Nullable Instant missingSince,
        @Nullable FollowUp followUp) {

    /** How far a poll's answer may lag behind what a notification reported. */
    public static final Duration LAG = Duration.ofSeconds(30);
    /** The end before one was opened again lies further back than this, where it is not remembered. */
    private static final Duration CLOSED_BEFORE = Duration.ofMinutes(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Announced of(StoredAnnounced stored) {
        return stored.announced();
    }

    @JsonValue
    StoredAnnounced stored() {
        return StoredAnnounced.of(this);
    }

    /** Characters of its stored form, about, and at least as many as it has. */
    public int storedLength() {
        return stored().length();
    }

    /**
     * A change, once it is announced.
     *
     * @param firstFollowUp from the end of a conversation to the first look for its completion
     */
    public static Announced of(ConversationChange change, Duration firstFollowUp) {
        Conversation conversation = change.conversation();
        Instant changedAt = conversation.changedAt();
        return new Announced(
                change.sequence(),
                change.observedAt(),
                LastKnown.of(conversation),
                change.isStale(),
                false,
                conversation.heldSince(),
                change.isUpdate() && changedAt != null ? changedAt.minus(CLOSED_BEFORE) : null,
                null,
                change.eventType().equals(ConversationChange.ENDED)
                        ? FollowUp.after(change.observedAt(), firstFollowUp)
                        : null);
    }

    /** Whether it has all that one of ours has, sequence and each time a plausible one. */
    public boolean isWhole() {
        return Sequences.isOne(sequence)
                && observedAt != null
                && conversation.isWhole()
                && (followUp == null || followUp.isWhole())
                && KeptTimes.areOurs(observedAt, missingSince)
                && KeptTimes.areReported(heldSince, previousEnd);
    }

    /**
     * What was announced of a conversation that goes on, as far as its newest message shows it.
     *
     * @param sequence greater than any that it had
     * @param state null if it is unknown: whatever is found then is a change
     */
    public static Announced recalled(
            long sequence,
            Instant observedAt,
            @Nullable State state,
            @Nullable String agentUserId,
            @Nullable String queueId,
            String mediaType,
            @Nullable String direction) {
        LastKnown known = new LastKnown(
                state == null ? State.DISCONNECTED : state,
                agentUserId,
                queueId,
                mediaType,
                direction,
                null,
                null,
                null,
                List.of());
        return new Announced(sequence, observedAt, known, state == null, false, null, null, null, null);
    }
    /**
     * The same, with what is kept of what was announced before.
     *
     * @param previous what was announced before; null if nothing was, or it is forgotten
     * @param byNotification whether a notification reported the change
     */
    public Announced after(@Nullable Announced previous, boolean byNotification) {
        Instant hold = Comparison.latest(heldSince, previous == null ? null : previous.heldSince);
        Instant earlierEnd = previous == null ? previousEnd : hasEnded() ? previous.previousEnd : previous.latestEnd();
        return new Announced(
                sequence, observedAt, conversation, isStale, byNotification, hold, earlierEnd, missingSince, followUp);
    }

    private @Nullable Instant latestEnd() {
        return conversation.endedAt() != null ? conversation.endedAt() : previousEnd;
    }

    /** The same, reported once more with the next sequence. */
    public Announced again(long next) {
        return new Announced(
                next, observedAt, conversation, isStale, isNotified, heldSince, previousEnd, missingSince, followUp);
    }

    /**
     * The same, with no time ahead of Genesys Cloud's now, which would hide what follows: a time that is ahead is
     * treated as that now.
     */
    public Announced asOf(Instant now) {
        return new Announced(
                sequence,
                KeptTimes.isAhead(now, observedAt) ? now : observedAt,
                conversation.asOf(now),
                isStale,
                isNotified,
                KeptTimes.asOf(now, heldSince),
                KeptTimes.asOf(now, previousEnd),
                KeptTimes.asOf(now, missingSince),
                followUp == null ? null : followUp.asOf(now));
    }

    /** As polls find it again. */
    public Announced found() {
        return missing(null);
    }

    /** As polls find it no more. */
    public Announced missing(@Nullable Instant since) {
        return new Announced(
                sequence, observedAt, conversation, isStale, isNotified, heldSince, previousEnd, since, followUp);
    }

    /** As its completion is requested again later. */
    public Announced later(Instant now, Duration firstFollowUp) {
        return new Announced(
                sequence,
                observedAt,
                conversation,
                isStale,
                isNotified,
                heldSince,
                previousEnd,
                missingSince,
                followUp == null ? null : followUp.next(now, firstFollowUp));
    }

    /** The change to announce of a conversation that polls find; empty when there is none. */
    public Optional<ConversationChange> changeTo(Conversation found, Instant now) {
        return new Comparison(this, found).isChangeOfPoll(now)
                ? Optional.of(next().updated(found, now))
                : Optional.empty();
    }

    /**
     * The same of a notification.
     *
     * @param receivedAt by the clock of Genesys Cloud; it may have waited since
     */
    public Optional<ConversationChange> changeToNotified(Conversation notified, Instant receivedAt) {
        Instant now = receivedAt.isBefore(observedAt) ? observedAt : receivedAt;
        Comparison comparison = new Comparison(this, notified);
        if (notified.state() == State.ENDED) {
            return comparison.isEndOfNotification()
                    ? Optional.of(next().ended(notified, now, Observed.LIVE))
                    : Optional.empty();
        }
        return comparison.isChangeOfNotification(receivedAt)
                ? Optional.of(next().updated(notified, now))
                : Optional.empty();
    }

    /** What can be announced after it. */
    public NextChange next() {
        return new NextChange(this);
    }

    /**
     * What was announced last, once more with the same sequence, for readers of the current queue. As polls find it
     * if that is the same state; else as it was last known, without customer and names.
     *
     * @param found as the poll finds it; null if it does not
     */
    public ConversationChange restated(String conversationId, @Nullable Conversation found) {
        return new ConversationChange(
                hasEnded()
                        ? ConversationChange.ENDED
                        : sequence == 1 ? ConversationChange.STARTED : ConversationChange.UPDATED,
                sequence,
                observedAt,
                Observed.LIVE,
                found != null && new Comparison(this, found).isSame()
                        ? conversation.complete(found)
                        : conversation.asConversation(conversationId),
                isStale,
                null);
    }

    /** Whether it goes on, as far as was announced. */
    public boolean isLive() {
        return !hasEnded() && !isStale;
    }

    /** Whether its end was announced. */
    public boolean hasEnded() {
        return conversation.state() == State.ENDED;
    }

    /** Whether an earlier end of it was announced than the one that it has now. */
    public boolean endedBefore(Conversation ended) {
        Instant end = conversation.endedAt();
        return hasEnded()
                && end != null
                && ended.endedAt() != null
                && end.plus(Comparison.SAME_MOMENT).isBefore(ended.endedAt());
    }

    /** Whether an end is from before it was opened again: the answer lags. */
    public boolean isEarlierEnd(Conversation ended) {
        Instant end = ended.endedAt();
        return end != null && previousEnd != null && !end.isAfter(previousEnd);
    }

    /** Whether nothing more is expected of it. */
    public boolean isSettled() {
        return isStale || hasEnded() && followUp == null;
    }

    /** Whether its completion is to be requested now. */
    public boolean isDue(Instant now) {
        return followUp != null && !followUp.due().isAfter(now);
    }
}
