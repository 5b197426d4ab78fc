// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds queues by name, and creates one of ours that the broker does not have yet, of its kind. Left to the first
 * consumer, Artemis would create it without its kind (an exclusive queue would not be exclusive).
 */
public final class QueueResolver {
    private static final Logger LOG = LoggerFactory.getLogger(QueueResolver.class);

    private final BrokerQueues queues;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public QueueResolver(BrokerQueues queues) {
        this.queues = queues;
    }

    /**
     * The queue of a name.
     *
     * @throws JMSException when it is not there and may not be created
     */
    public Queue resolve(Session session, String name) throws JMSException {
        if (!seen.contains(name)) {
            for (QueueConfiguration queue : queues.queues()) {
                if (queue.getName().toString().equals(name)) {
                    ensure(session, queue);
                }
            }
            seen.add(name);
        }
        return session.createQueue(name);
    }

    /** How many messages the broker counts on a queue. */
    static long depth(Session session, String name) throws JMSException {
        try {
            return core(session).queueQuery(SimpleString.of(name)).getMessageCount();
        } catch (ActiveMQException e) {
            throw JMSExceptionHelper.convertFromActiveMQException(e);
        }
    }

    private static void ensure(Session session, QueueConfiguration wanted) throws JMSException {
        try {
            ClientSession core = core(session);
            ClientSession.QueueQuery found = core.queueQuery(wanted.getName());
            if (!found.isExists()) {
                core.createSharedQueue(wanted);
                LOG.info("broker: created queue {}", wanted.getName());
            } else {
                check(wanted, found);
            }
        } catch (ActiveMQException e) {
            throw JMSExceptionHelper.convertFromActiveMQException(e);
        }
    }

    private static void check(QueueConfiguration wanted, ClientSession.QueueQuery found) throws JMSException {
        String again = "delete it while it is empty, it is created again as it is to be";
        if (isTrue(wanted.isExclusive()) && !isTrue(found.isExclusive())) {
            LOG.warn(
                    "broker: queue {} is not exclusive, so that several processes would poll at the same time; {}",
                    wanted.getName(),
                    again);
        }
        if (isTrue(wanted.isLastValue()) && !(isTrue(found.isLastValue()) && isTrue(found.isNonDestructive()))) {
            throw new JMSException(
                    "queue " + wanted.getName() + " is not a last-value, non-destructive queue; " + again);
        }
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static ClientSession core(Session session) throws JMSException {
        Session physical = session instanceof JmsPoolSession pooled ? pooled.getInternalSession() : session;
        return ((ActiveMQSession) physical).getCoreSession();
    }
}
