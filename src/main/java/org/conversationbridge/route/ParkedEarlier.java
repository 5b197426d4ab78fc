// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.failure.UnreadableConversations;

/**
 * What the error queue knows of conversations that cannot be read ({@code parkedEarlier} in the routes): they were parked
 * before this process began to poll, and are not parked again. It is looked at once, before the first poll: a process that
 * stands by begins to poll when it takes over.
 */
public final class ParkedEarlier {
    private static final int MOST = 100_000;

    private final QueueView queues;
    private final String errorQueue;
    private final UnreadableConversations unreadable;
    private boolean isRecalled;

    public ParkedEarlier(QueueView queues, String errorQueue, UnreadableConversations unreadable) {
        this.queues = queues;
        this.errorQueue = errorQueue;
        this.unreadable = unreadable;
    }

    /** Remembers what is parked. */
    public synchronized void recall() throws JMSException {
        if (!isRecalled) {
            queues.properties(errorQueue, "errorMessage", MOST).forEach(unreadable::told);
            isRecalled = true;
        }
    }
}
