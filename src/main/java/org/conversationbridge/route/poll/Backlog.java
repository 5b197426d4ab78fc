// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import java.util.Optional;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.ResultBacklog;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.change.ResultsNotConsumedException;
import org.conversationbridge.settings.QueueSettings;

/**
 * Whether what was announced is delivered ({@code backlog} in the routes). While it is not, nothing more is announced:
 * so no change of a conversation can overtake the one before it, whichever consumer works on its page and however often
 * the broker redelivers it. A poll would spend requests on changes that wait; a later one finds them as well.
 *
 * <p>To be called after the checkpoint has been read: what is announced later, by another process, makes the broker
 * refuse what is announced here of the same conversations.
 */
public final class Backlog {
    private final QueueView queues;
    private final QueueSettings names;
    private final ResultBacklog results;

    public Backlog(QueueView queues, QueueSettings names, ResultBacklog results) {
        this.queues = queues;
        this.names = names;
        this.results = results;
    }

    /**
     * Whether something may be announced.
     *
     * @throws NotDeliveredException when a page waits or is in work
     * @throws ResultsNotConsumedException when too many results wait for their consumer
     */
    public void checkDelivered() throws JMSException {
        results.seen(queues.depth(names.enriched()));
        Optional<String> tooMany = results.problem();
        if (tooMany.isPresent()) {
            throw new ResultsNotConsumedException(tooMany.get());
        }
        long waiting = queues.depth(names.pages());
        if (waiting > 0) {
            throw new NotDeliveredException(names.pages(), waiting);
        }
    }
}
