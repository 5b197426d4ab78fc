// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;

/**
 * The queue objects of transactions, by name. The client of Artemis asks the broker twice about each object that is new
 * to it (source: ActiveMQSession, checkDestination), so one that is made for a send costs two round trips. One that is
 * kept costs a look in a second, and one right before each commit: a queue that was deleted meanwhile, or was deleted
 * and created again, rolls the transaction back. Otherwise what was sent to it would be lost. Safe for many threads.
 */
public final class KeptQueues {
    private static final long LOOK_IS_USED_NANOS = Duration.ofSeconds(1).toNanos();
    /** Names that are kept; the client asks about any other at each send. */
    private static final int MOST = 1_000;

    private final QueueResolver queues;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public KeptQueues(QueueResolver queues) {
        this.queues = queues;
    }

    /** A queue that was there when it was looked at last. */
    private static final class Kept {
        private final Queue queue;
        /** How often it had been created. */
        private final int created;

        private volatile long lookedAt = System.nanoTime();
        private volatile boolean isGone;

        Kept(Queue queue, int created) {
            this.queue = queue;
            this.created = created;
        }

        boolean isFresh() {
            return !isGone && System.nanoTime() - lookedAt < LOOK_IS_USED_NANOS;
        }
    }

    /** Connections whose transactions are looked at before their commit: only those may send to what is kept. */
    public ConnectionFactory over(ConnectionFactory factory) {
        return CheckedConnections.of(factory, this);
    }

    /**
     * The queue of a name: in a transaction of these connections the one that is kept.
     *
     * @throws WrongQueueException when it is of another kind and must not be used
     * @throws JMSException when it is not there and may not be created
     */
    public Queue resolve(Session session, String name) throws JMSException {
        boolean isKept = session instanceof CheckedSession
                && session.getTransacted()
                && (kept.containsKey(name) || kept.size() < MOST);
        return isKept ? keep(session, name) : queues.resolve(session, name);
    }

    private Queue keep(Session session, String name) throws JMSException {
        Kept known = kept.get(name);
        if (known != null && known.isFresh() && !isCreatedAgain(known, name)) {
            return known.queue;
        }
        if (known != null && (isCreatedAgain(known, name) || !isThere(session, known.queue))) {
            forget(known, name);
        }
        Queue found = queues.resolve(session, name);
        int created = queues.keeper().created(name);
        Kept looked = kept.compute(name, (key, last) -> last == null || last.isGone ? new Kept(found, created) : last);
        looked.lookedAt = System.nanoTime();
        return looked.queue;
    }

    /**
     * Looks at the queues that a transaction has sent to, right before its commit.
     *
     * @throws DeletedQueueException when one of them is not, or not any more, the one that was sent to
     */
    void check(Session session, Collection<Queue> sentTo) throws JMSException {
        for (Queue queue : sentTo) {
            String name = queue.getQueueName();
            Kept known = kept.get(name);
            if (known != null && known.queue != queue) {
                throw new DeletedQueueException(name);
            }
            boolean isAsBefore = known == null || !known.isGone && !isCreatedAgain(known, name);
            if (!isAsBefore || !isThere(session, queue)) {
                if (known != null) {
                    forget(known, name);
                }
                throw new DeletedQueueException(name);
            }
        }
    }

    private boolean isCreatedAgain(Kept known, String name) {
        return known.created != queues.keeper().created(name);
    }

    private void forget(Kept known, String name) {
        known.isGone = true;
        queues.forget(name);
    }

    private static boolean isThere(Session session, Queue queue) throws JMSException {
        try {
            return QueueResolver.core(session)
                    .queueQuery(((ActiveMQDestination) queue).getSimpleAddress())
                    .isExists();
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        }
    }
}
