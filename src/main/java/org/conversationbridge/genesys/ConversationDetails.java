// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.FinishedConversation;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as analytics tells it, and how it went where it is over.
 *
 * @param newestSegment when somebody did something else in it for the last time; absent where nobody did anything
 * @param parts what each agent did in it, by user id; empty while it goes on
 */
public record ConversationDetails(
        Conversation conversation,
        Completion completion,
        @Nullable Instant newestSegment,
        Map<String, FinishedConversation> parts) {

    public ConversationDetails {
        parts = Map.copyOf(parts);
    }

    /**
     * Reads an {@code AnalyticsConversationWithoutAttributes}.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    static ConversationDetails read(JsonNode entity) {
        return new ConversationDetails(
                AnalyticsConversationReader.read(entity),
                CompletionReader.read(entity),
                CompletionReader.newestSegment(entity),
                FinishedConversationReader.read(entity));
    }

    /** Its id. */
    public String conversationId() {
        return conversation.conversationId();
    }

    /** The same with the conversation as it may be told. */
    public ConversationDetails with(Conversation other) {
        return new ConversationDetails(other, completion, newestSegment, parts);
    }

    /** Whether it has gone on after an instant, be it over by now. */
    public boolean wentOnAfter(Instant at) {
        return conversation.state() != State.ENDED || newestSegment != null && newestSegment.isAfter(at);
    }
}
