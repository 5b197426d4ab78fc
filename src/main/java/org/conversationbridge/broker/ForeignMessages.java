// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are none of ours, on queues that are looked at again and again. Where the login may manage the broker, such
 * a message is moved to the error queue by the broker, without its body being read here. Where it may not, the message is
 * skipped and named once, with what removes it. Either way the others count. Safe for many threads.
 */
public final class ForeignMessages {
    /** Moved while one queue is looked at: the rest is moved the next time. */
    static final int MOST_AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ForeignMessages.class);
    private static final String MOVED = "{}: a message that is none of the bridge's was moved to {}. {} {}";
    private static final String MANAGEMENT = "activemq.management";
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int MOST_NAMED = 10_000;

    private final ConnectionFactory pool;
    private final String errorQueue;
    private final AtomicLong seen = new AtomicLong();
    /** Those that stay where they are, by queue and id. */
    private final Cache<String, Boolean> named =
            Caffeine.newBuilder().maximumSize(MOST_NAMED).build();

    public ForeignMessages(ConnectionFactory pool, String errorQueue) {
        this.pool = pool;
        this.errorQueue = errorQueue;
    }

    /** How many were found since the start; one that stays counts once. */
    public long count() {
        return seen.get();
    }

    /** Puts one aside that can be consumed: that needs no right to manage. */
    void take(String queue, Message message, String problem) throws JMSException {
        String id = message.getJMSMessageID();
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            try (MessageConsumer consumer =
                            session.createConsumer(session.createQueue(queue), "JMSMessageID = '" + id + "'");
                    MessageProducer producer = session.createProducer(session.createQueue(errorQueue))) {
                Message taken = consumer.receive(PATIENCE_MILLIS);
                if (taken != null) {
                    taken.clearProperties();
                    taken.setStringProperty("errorCode", "MESSAGE_FOREIGN");
                    taken.setStringProperty("errorStage", queue);
                    taken.setStringProperty("errorMessage", problem);
                    producer.send(taken);
                    seen.incrementAndGet();
                    LOG.warn(MOVED, queue, errorQueue, id, problem);
                }
            }
            session.commit();
        }
    }

    /**
     * Puts one aside that cannot be consumed, or skips it.
     *
     * @param problem what is wrong with it, a sentence without its content
     */
    void move(String queue, Message message, String problem) throws JMSException {
        String id = message.getJMSMessageID();
        String key = queue + " " + id;
        if (named.getIfPresent(key) != null) {
            return;
        }
        seen.incrementAndGet();
        long number = message instanceof ActiveMQMessage received
                ? received.getCoreMessage().getMessageID()
                : 0;
        try {
            if (move(queue, number)) {
                LOG.warn(MOVED, queue, errorQueue, id, problem);
                return;
            }
        } catch (Exception e) {
            LOG.debug("message {} of {} not moved", id, queue, e);
        }
        named.put(key, true);
        LOG.warn(
                "{}: a message that is none of the bridge's is skipped, and counts as if it were not there. {} {} The login"
                        + " may not manage the broker. Remove it there: operation removeMessage({}) of the queue {} in the"
                        + " console, or give the login manage on {}.",
                queue,
                id,
                problem,
                number,
                queue,
                MANAGEMENT);
    }

    private boolean move(String queue, long number) throws Exception {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            ClientSession core = QueueResolver.core(session);
            try (ClientRequestor requestor = new ClientRequestor(core, MANAGEMENT)) {
                ClientMessage request = core.createMessage(false);
                ManagementHelper.putOperationInvocation(
                        request, ResourceNames.QUEUE + queue, "moveMessage", number, errorQueue);
                ClientMessage reply = requestor.request(request, PATIENCE_MILLIS);
                return reply != null
                        && ManagementHelper.hasOperationSucceeded(reply)
                        && Boolean.TRUE.equals(ManagementHelper.getResult(reply, Boolean.class));
            }
        }
    }
}
