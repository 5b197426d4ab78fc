// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.time.Instant;
import java.util.List;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;

/** Changes for tests. */
public final class Changes {
    private Changes() {}

    /** A call that an agent has just taken. */
    public static ConversationChange connected(String conversationId, String userId, Instant at) {
        Agent agent = new Agent(userId, "Agent", "participant-2", "primary", "connected-latest", at.minusSeconds(5));
        return change(conversationId, State.CONNECTED, agent, at);
    }

    /** A call that waits in a queue. */
    public static ConversationChange queued(String conversationId, Instant at) {
        return change(conversationId, State.QUEUED, null, at);
    }

    private static ConversationChange change(
            String conversationId, State state, @org.jspecify.annotations.Nullable Agent agent, Instant at) {
        return new ConversationChange(
                "conversation.started",
                1,
                at,
                new Conversation(
                        conversationId,
                        "voice",
                        "inbound",
                        state,
                        at.minusSeconds(30),
                        null,
                        new QueueRef(Fixtures.QUEUE_CLAIMS, "Claims"),
                        agent,
                        agent == null ? List.of() : List.of(agent),
                        new Customer("participant-1", "tel:+15555550123", null),
                        List.of(Fixtures.DIVISION),
                        at));
    }
}
