// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * The change to announce after what was announced last: it has the next sequence, and what its report lacks is as it
 * was.
 */
public record NextChange(Announced last) {
    /** That it has another state, agent or queue. */
    ConversationChange updated(Conversation conversation, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.LIVE, conversation, false, null);
    }

    /** That it was opened again after its end, between two polls. */
    public ConversationChange openedAgain(Conversation begun, Instant now) {
        return next(ConversationChange.UPDATED, now, Observed.RECONCILED, begun, false, null);
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

    /** The same if analytics does not know it. */
    public ConversationChange completed(String conversationId, Completion completion, Instant now) {
        return completed(lastKnown(conversationId), completion, now);
    }

    private Conversation lastKnown(String conversationId) {
        return last.conversation().asConversation(conversationId);
    }

    private ConversationChange next(
            String eventType,
            Instant now,
            Observed observed,
            Conversation conversation,
            boolean isStale,
            @Nullable Completion completion) {
        return new ConversationChange(
                eventType,
                last.sequence() + 1,
                now,
                observed,
                last.conversation().complete(conversation),
                isStale,
                completion);
    }
}
