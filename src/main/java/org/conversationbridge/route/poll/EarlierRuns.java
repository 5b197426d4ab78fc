// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.settings.QueueSettings;

/**
 * What the queues that are the bridge's alone show of earlier runs, where the checkpoint shows nothing. Results are no
 * evidence: another bridge may send them to the same queue.
 */
final class EarlierRuns {
    /** A message of the bridge has both, one that was sent by hand neither. */
    private static final String OURS = "conversationId IS NOT NULL AND sequence IS NOT NULL";

    private final QueueView view;
    private final ForeignMessages foreign;
    private final QueueSettings queues;

    EarlierRuns(QueueView view, ForeignMessages foreign, QueueSettings queues) {
        this.view = view;
        this.foreign = foreign;
        this.queues = queues;
    }

    /** A queue that has messages of an earlier run; empty if none has. */
    Optional<String> witness() throws JMSException {
        for (String queue : List.of(queues.pages(), queues.corrections(), queues.missingHistories())) {
            if (view.depth(queue) > 0) {
                return Optional.of(queue);
            }
        }
        FirstSeen first = new FirstSeen();
        if (view.depth(queues.current()) > 0) {
            view.show(queues.current(), OURS, foreign, first);
        }
        return first.hasSeenAll() ? Optional.of(queues.current()) : Optional.empty();
    }

    /** The conversations that readers of the current queue see. */
    LastSeen live(Instant now) throws JMSException {
        long depth = view.depth(queues.current());
        LastSeen seen = new LastSeen(depth, now);
        if (depth > 0) {
            view.show(queues.current(), null, foreign, seen);
        }
        return seen;
    }

    /** Whether there is a message at all. */
    private static final class FirstSeen implements QueueView.Visitor {
        private boolean hasSeen;

        @Override
        public Optional<String> sees(Message message) {
            hasSeen = true;
            return Optional.empty();
        }

        @Override
        public boolean hasSeenAll() {
            return hasSeen;
        }
    }
}
