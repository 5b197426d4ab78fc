// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.conversation.Conversation;

/**
 * A conversation that changed, as it was observed.
 *
 * @param eventType {@code conversation.started} or {@code conversation.updated}
 * @param sequence 1 for the first change announced of a conversation, then one more each
 * @param observedAt when Genesys Cloud answered
 */
public record ConversationChange(String eventType, long sequence, Instant observedAt, Conversation conversation)
        implements AgentsWanted {
    static final String STARTED = "conversation.started";
    static final String UPDATED = "conversation.updated";

    /** The first change of a conversation that was not announced before. */
    public static ConversationChange started(Conversation conversation, Instant observedAt) {
        return new ConversationChange(STARTED, 1, observedAt, conversation);
    }

    @Override
    @JsonIgnore
    public List<String> agentUserIds() {
        return conversation.agentUserId().stream().toList();
    }
}
