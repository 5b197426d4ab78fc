// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.poll.Pause;
import org.conversationbridge.poll.PollLog;

/**
 * Whether the broker takes what a poll finds ({@code backlog} in the routes). While it does not, a poll would spend requests
 * on changes that cannot be delivered; a later one finds them as well.
 */
public final class Backlog {
    private final QueueView queues;
    private final String pageQueue;
    private final int most;
    private final Pause pause;
    private final PollLog log;

    public Backlog(QueueView queues, String pageQueue, int most, Pause pause, PollLog log) {
        this.queues = queues;
        this.pageQueue = pageQueue;
        this.most = most;
        this.pause = pause;
        this.log = log;
    }

    /** Whether at most {@code page.max-waiting} pages wait and the last one was taken; otherwise the poll is skipped. */
    public boolean isSmall() throws JMSException {
        if (!pause.left().isZero()) {
            log.skipped("the broker did not take what the last one found; none for "
                    + (pause.left().toSeconds() + 1) + " s");
            return false;
        }
        long waiting = queues.depth(pageQueue);
        if (waiting > most) {
            log.skipped(waiting + " pages wait on " + pageQueue);
            return false;
        }
        return true;
    }
}
