// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.completion;

import org.jspecify.annotations.Nullable;

/**
 * What one agent did in a conversation. Durations are in milliseconds and the agent's own, as the metrics tTalk, tHeld,
 * tAcw and tHandle of the Platform API; each is the sum of its repetitions. What goes on at once, as a callback and its
 * call, is counted once: none is longer than the agent's sessions. What only rang for them is not counted.
 *
 * @param name of the user; null while it is not known, as {@code queueName} and {@code wrapUpCodeName}
 * @param queueId the last queue the agent answered from; null for none, as when they dialled or were consulted
 * @param wrapUpCode the id the agent chose, of several the last; null if none was chosen
 * @param handleMs tHandle; where it is not there contacting, dialing, talk, hold and after-call work
 * @param waitMs what the customer waited for this agent, tAnswered or the tAcd of the queue; null if nothing says it
 */
public record AgentWork(
        String userId,
        @Nullable String name,
        @Nullable String queueId,
        @Nullable String queueName,
        @Nullable String wrapUpCode,
        @Nullable String wrapUpCodeName,
        long talkMs,
        long heldMs,
        long acwMs,
        long handleMs,
        @Nullable Long waitMs) {

    /** As analytics reports it: without names. */
    public AgentWork(
            String userId,
            @Nullable String queueId,
            @Nullable String wrapUpCode,
            long talkMs,
            long heldMs,
            long acwMs,
            long handleMs,
            @Nullable Long waitMs) {
        this(userId, null, queueId, null, wrapUpCode, null, talkMs, heldMs, acwMs, handleMs, waitMs);
    }

    /** The same with names. */
    public AgentWork named(
            @Nullable String newName, @Nullable String newQueueName, @Nullable String newWrapUpCodeName) {
        return new AgentWork(
                userId,
                newName,
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
