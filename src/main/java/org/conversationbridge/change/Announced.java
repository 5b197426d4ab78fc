// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;
import java.util.Optional;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * What was last announced of a conversation. It has changed when its state (hold is one), the agent who has it or its
 * queue is another.
 *
 * @param sequence of the last change announced
 * @param observedAt when Genesys Cloud told of it
 * @param missingSince time of the first good poll that did not find it any more; absent while polls find it
 */
public record Announced(
        long sequence,
        Instant observedAt,
        State state,
        @Nullable String agentUserId,
        @Nullable String queueId,
        @Nullable Instant missingSince) {

    /** A change, once it is announced. */
    public static Announced of(ConversationChange change) {
        return of(change.sequence(), change.observedAt(), change.conversation());
    }

    private static Announced of(long sequence, Instant observedAt, Conversation conversation) {
        Agent agent = conversation.agent();
        QueueRef queue = conversation.queue();
        return new Announced(
                sequence,
                observedAt,
                conversation.state(),
                agent == null ? null : agent.userId(),
                queue == null ? null : queue.id(),
                null);
    }

    /** The change to announce of a conversation that was announced before; empty when there is none. */
    public Optional<ConversationChange> changeTo(Conversation conversation, Instant now) {
        return found().equals(of(sequence, observedAt, conversation))
                ? Optional.empty()
                : Optional.of(new ConversationChange(ConversationChange.UPDATED, sequence + 1, now, conversation));
    }

    /** As polls find it again. */
    public Announced found() {
        return missing(null);
    }

    /** As polls find it no more. */
    public Announced missing(@Nullable Instant since) {
        return new Announced(sequence, observedAt, state, agentUserId, queueId, since);
    }
}
