// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.poll.Pause;
import org.conversationbridge.poll.PollLog;

/**
 * Whether what earlier polls have found is delivered ({@code backlog} in the routes). While it is not, nothing more is
 * announced: so no change of a conversation can overtake the one before it, whichever consumer works on its page and
 * however often the broker hands it out. A poll would spend requests on changes that wait; a later one finds them as well.
 *
 * <p>To be asked after the checkpoint has been read: what is announced later, by another process, makes the broker refuse
 * what this poll announces of the same conversations.
 */
public final class Backlog {
    private final QueueView queues;
    private final String pageQueue;
    private final Pause pause;
    private final PollLog log;

    public Backlog(QueueView queues, String pageQueue, Pause pause, PollLog log) {
        this.queues = queues;
        this.pageQueue = pageQueue;
        this.pause = pause;
        this.log = log;
    }

    /** Whether no page waits or is in work, and the last one was taken; otherwise the poll is skipped. */
    public boolean isDelivered() throws JMSException {
        if (!pause.left().isZero()) {
            log.skipped("the broker did not take what the last one found; none for "
                    + (pause.left().toSeconds() + 1) + " s");
            return false;
        }
        long waiting = queues.depth(pageQueue);
        if (waiting > 0) {
            log.skipped("what earlier ones found is not delivered yet; pages on " + pageQueue + ": " + waiting);
            return false;
        }
        return true;
    }

    /**
     * The same for what is not a poll.
     *
     * @throws NotDeliveredException when a page waits or is in work
     */
    public void checkDelivered() throws JMSException {
        long waiting = queues.depth(pageQueue);
        if (waiting > 0) {
            throw new NotDeliveredException(pageQueue, waiting);
        }
    }
}
