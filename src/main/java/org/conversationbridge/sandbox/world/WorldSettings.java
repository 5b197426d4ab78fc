// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;

/**
 * How the contact centre is.
 *
 * @param conversations active at any time
 * @param historyPerAgent finished conversations of each agent in the two hours before the start
 * @param longest about how long a conversation lasts at most
 * @param varied with consultations, e-mails that are opened again, agents for whom it rings without an answer,
 *     customers who leave the queue, and such as do not answer
 */
public record WorldSettings(
        int conversations, int agents, int queues, int historyPerAgent, Duration longest, long seed, boolean varied) {
    /** A small centre in which something happens every few seconds. */
    public static final WorldSettings SMALL = new WorldSettings(12, 8, 3, 4, Duration.ofMinutes(2), 42);

    /** One of calls, chats, messages, e-mails and callbacks with blind transfers. */
    public WorldSettings(int conversations, int agents, int queues, int historyPerAgent, Duration longest, long seed) {
        this(conversations, agents, queues, historyPerAgent, longest, seed, false);
    }

    /** As given, with other numbers of conversations and agents. */
    public WorldSettings of(int newConversations, int newAgents) {
        return new WorldSettings(newConversations, newAgents, queues, historyPerAgent, longest, seed, varied);
    }
}
