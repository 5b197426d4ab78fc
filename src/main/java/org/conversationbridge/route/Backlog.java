// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.NotDeliveredException;

/**
 * Whether what was announced is delivered ({@code backlog} in the routes). While it is not, nothing more is announced: so
 * no change of a conversation can overtake the one before it, whichever consumer works on its page and however often the
 * broker hands it out. A poll would spend requests on changes that wait; a later one finds them as well.
 *
 * <p>To be asked after the checkpoint has been read: what is announced later, by another process, makes the broker refuse
 * what is announced here of the same conversations.
 */
public final class Backlog {
    private final QueueView queues;
    private final String pageQueue;

    public Backlog(QueueView queues, String pageQueue) {
        this.queues = queues;
        this.pageQueue = pageQueue;
    }

    /** @throws NotDeliveredException when a page waits or is in work */
    public void checkDelivered() throws JMSException {
        long waiting = queues.depth(pageQueue);
        if (waiting > 0) {
            throw new NotDeliveredException(pageQueue, waiting);
        }
    }
}
