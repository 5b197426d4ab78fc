// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.springframework.jms.connection.SessionProxy;

/**
 * Finds queues by name. One of ours is looked at before: what is missing is created of its kind, as Artemis would
 * create it without for its first consumer; one that no client may use as it is is refused. It is looked at again
 * after a second, as it may be deleted at any time, and the broker may come back without its data.
 */
public final class QueueResolver {
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

    private final BrokerQueues queues;
    private final QueueKeeper keeper = new QueueKeeper();
    private final Map<String, Long> lookedAt = new ConcurrentHashMap<>();

    public QueueResolver(BrokerQueues queues) {
        this.queues = queues;
    }

    /**
     * The queue of a name.
     *
     * @throws WrongQueueException when it is of another kind and must not be used
     * @throws JMSException when it is not there and may not be created
     */
    public Queue resolve(Session session, String name) throws JMSException {
        Optional<BrokerQueue> ours = queues.named(name);
        if (ours.isEmpty()) {
            return session.createQueue(name);
        }
        if (!isFresh(name)) {
            check(session, ours.get());
            lookedAt.put(name, System.nanoTime());
        }
        // The session would look it up, and where it is missing take another one, with the prefix jms.queue.
        return (Queue) ActiveMQDestination.createQueue(name);
    }

    /** What creates the queues here. */
    QueueKeeper keeper() {
        return keeper;
    }

    /** Looks at a queue again before its next use: it was found missing. */
    void forget(String name) {
        lookedAt.remove(name);
    }

    private boolean isFresh(String name) {
        Long then = lookedAt.get(name);
        return then != null && System.nanoTime() - then < REMEMBERED_NANOS;
    }

    /** How many messages the broker has on a queue. */
    static long depth(Session session, String name) throws JMSException {
        try {
            return core(session).queueQuery(SimpleString.of(name)).getMessageCount();
        } catch (ActiveMQException e) {
            throw jms(e);
        }
    }

    /** How many consumers the broker has on a queue, whichever process they are of. */
    public static long consumers(Session session, String name) throws JMSException {
        try {
            return core(session).queueQuery(SimpleString.of(name)).getConsumerCount();
        } catch (ActiveMQException e) {
            throw jms(e);
        }
    }

    /** Only a last-value queue is of no use while it is of another kind; what else is wrong, the inspection reports. */
    private void check(Session session, BrokerQueue queue) throws JMSException {
        try {
            Optional<QueueFault> fault = keeper.keep(queue, core(session), unchanged -> false).stream()
                    .filter(QueueFault::grave)
                    .findFirst();
            if (fault.isPresent() && queue.kind() == QueueKind.LAST_VALUE) {
                throw new WrongQueueException(fault.get());
            }
        } catch (ActiveMQException e) {
            throw jms(e);
        }
    }

    /** The session of the broker below one of JMS. */
    static ClientSession core(Session session) throws JMSException {
        Session inner = session;
        while (inner instanceof SessionProxy proxy) {
            inner = proxy.getTargetSession();
        }
        Session physical = inner instanceof JmsPoolSession pooled ? pooled.getInternalSession() : inner;
        return ((ActiveMQSession) physical).getCoreSession();
    }

    /** A failure of the broker as JMS has it. */
    static JMSException jms(ActiveMQException failure) {
        return JMSExceptionHelper.convertFromActiveMQException(failure);
    }
}
