// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One agent's part in a conversation that has ended. Durations are in milliseconds and the agent's own, as the metrics
 * tTalk, tHeld, tAcw and tHandle of the Platform API; each is the sum of its repetitions.
 *
 * @param endedAt when this agent was done with it, wrap-up included, whenever others ended the conversation; absent
 *     only if the API does not say (tutorial dialect)
 * @param mediaType of the conversation, as in the message about it; so is {@code direction}
 * @param queueId the last queue the agent answered from
 * @param queueName null while it is not known, as {@code wrapUpCodeName}
 * @param wrapUpCode the id the agent chose; of several the last
 * @param acwMs absent if the API does not say (tutorial dialect), as {@code handleMs}
 * @param waitMs what the customer waited for this agent; absent if nothing says it
 * @param pieces not in messages: what the agent did at different times, where they came back to it, as to a message
 *     thread; empty if they were on it once
 */
public record FinishedConversation(
        String conversationId,
        @Nullable Instant endedAt,
        @Nullable String mediaType,
        @Nullable String direction,
        @Nullable String queueId,
        @Nullable String queueName,
        @Nullable String wrapUpCode,
        @Nullable String wrapUpCodeName,
        @Nullable Long talkMs,
        @Nullable Long heldMs,
        @Nullable Long acwMs,
        @Nullable Long handleMs,
        @Nullable Long waitMs,
        @JsonIgnore List<FinishedConversation> pieces) {

    public FinishedConversation {
        // A message or a page has none.
        pieces = pieces == null ? List.of() : List.copyOf(pieces);
    }

    /** As the API reports it: without names. */
    public FinishedConversation(
            String conversationId,
            @Nullable Instant endedAt,
            @Nullable String mediaType,
            @Nullable String direction,
            @Nullable String queueId,
            @Nullable String wrapUpCode,
            @Nullable Long talkMs,
            @Nullable Long heldMs,
            @Nullable Long acwMs,
            @Nullable Long handleMs,
            @Nullable Long waitMs) {
        this(
                conversationId,
                endedAt,
                mediaType,
                direction,
                queueId,
                null,
                wrapUpCode,
                null,
                talkMs,
                heldMs,
                acwMs,
                handleMs,
                waitMs,
                List.of());
    }

    /** The same if the agent was on it several times, or once. */
    public FinishedConversation of(List<FinishedConversation> parts) {
        return with(queueName, wrapUpCodeName, parts.size() > 1 ? parts : List.of());
    }

    /** The same as messages have it. */
    FinishedConversation withoutPieces() {
        return with(queueName, wrapUpCodeName, List.of());
    }

    /** What of it the agent finished no earlier than that; the whole if it is one piece. */
    public FinishedConversation since(Instant begin) {
        List<FinishedConversation> kept = pieces.stream()
                .filter(piece -> piece.endedAt() != null && !piece.endedAt().isBefore(begin))
                .toList();
        return kept.isEmpty() || kept.size() == pieces.size()
                ? this
                : together(kept).named(queueName, wrapUpCodeName);
    }

    private FinishedConversation together(List<FinishedConversation> kept) {
        return new FinishedConversation(
                        conversationId,
                        endedAt,
                        mediaType,
                        direction,
                        last(kept, FinishedConversation::queueId),
                        last(kept, FinishedConversation::wrapUpCode),
                        sum(kept, FinishedConversation::talkMs),
                        sum(kept, FinishedConversation::heldMs),
                        sum(kept, FinishedConversation::acwMs),
                        sum(kept, FinishedConversation::handleMs),
                        sum(kept, FinishedConversation::waitMs))
                .of(kept);
    }

    private static @Nullable String last(
            List<FinishedConversation> kept, Function<FinishedConversation, @Nullable String> field) {
        return kept.stream()
                .map(field)
                .filter(Objects::nonNull)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    private static @Nullable Long sum(
            List<FinishedConversation> kept, Function<FinishedConversation, @Nullable Long> field) {
        List<Long> known = kept.stream().map(field).filter(Objects::nonNull).toList();
        return known.isEmpty()
                ? null
                : Long.valueOf(known.stream().mapToLong(Long::longValue).sum());
    }

    /** The same with names. */
    public FinishedConversation named(@Nullable String newQueueName, @Nullable String newWrapUpCodeName) {
        return with(newQueueName, newWrapUpCodeName, pieces);
    }

    private FinishedConversation with(
            @Nullable String newQueueName, @Nullable String newWrapUpCodeName, List<FinishedConversation> newPieces) {
        return new FinishedConversation(
                conversationId,
                endedAt,
                mediaType,
                direction,
                queueId,
                newQueueName,
                wrapUpCode,
                newWrapUpCodeName,
                talkMs,
                heldMs,
                acwMs,
                handleMs,
                waitMs,
                newPieces);
    }
}
