// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One agent's part in a conversation that has ended. Durations are in milliseconds and the agent's own, as the metrics
 * tTalk, tHeld, tAcw, tHandle and tWait of the Platform API; each is the sum of its repetitions.
 *
 * @param endedAt of the conversation; absent only where the API does not tell (tutorial dialect)
 * @param queueId the last queue the agent answered from
 * @param queueName null while it is not known, as {@code wrapUpCodeName}
 * @param wrapUpCode the id the agent chose; of several the last
 * @param acwMs absent where the API does not tell (tutorial dialect), as {@code handleMs}
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
        @Nullable Long waitMs) {

    /** As the API tells it: without names. */
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
                waitMs);
    }

    /** The same with names. */
    public FinishedConversation named(@Nullable String newQueueName, @Nullable String newWrapUpCodeName) {
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
                waitMs);
    }
}
