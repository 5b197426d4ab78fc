// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.poll.PollLog;

/**
 * Whether what earlier polls have found is delivered ({@code backlog} in the routes). While it is not, another poll would
 * spend requests on changes that cannot be delivered; the next one finds them as well.
 */
public final class Backlog {
    private final QueueView queues;
    private final String pageQueue;
    private final int most;
    private final PollLog log;

    public Backlog(QueueView queues, String pageQueue, int most, PollLog log) {
        this.queues = queues;
        this.pageQueue = pageQueue;
        this.most = most;
        this.log = log;
    }

    /** Whether at most {@code page.max-waiting} pages wait; otherwise the poll is skipped. */
    public boolean isSmall() throws JMSException {
        long waiting = queues.depth(pageQueue);
        if (waiting > most) {
            log.skipped(waiting + " pages wait on " + pageQueue);
            return false;
        }
        return true;
    }
}
