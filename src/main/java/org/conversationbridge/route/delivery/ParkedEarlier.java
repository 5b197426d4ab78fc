// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import jakarta.jms.JMSException;
import org.apache.camel.Variable;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.UnreadableConversations;

/**
 * What the error queue knows of conversations that cannot be read ({@code parkedEarlier} in the routes): another
 * process, or an earlier run of this one, parked them, and they are not parked again. It is looked at whenever this
 * process takes over the polls: before its first poll, and each time after another process polled.
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

    /** Remembers what is parked, where that may be the work of another process. */
    public synchronized void recall(@Variable("checkpoint") Checkpoint checkpoint) throws JMSException {
        isRecalled &= !checkpoint.isTakenOver();
        if (!isRecalled) {
            queues.properties(errorQueue, "errorMessage", MOST).forEach(unreadable::told);
            isRecalled = true;
        }
    }
}
