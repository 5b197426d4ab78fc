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
import java.time.Duration;
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
 * Messages that are not the bridge's, on queues that are looked at again and again. If the login may manage the
 * broker, such a message is moved to the error queue by the broker, without its body being read here. If it may
 * not, the message is skipped and named once, with what removes it; it is tried again every {@value
 * #MINUTES_BETWEEN_TRIES} minutes, since a login can be given the right. Either way the others count. Safe for many
 * threads.
 */
public final class ForeignMessages {
    /** Moved while one queue is looked at: the rest is moved the next time. */
    static final int MOST_AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ForeignMessages.class);
    private static final String MOVED = "{}: a message that the bridge did not send was moved to {}. {} {}";
    private static final String MANAGEMENT = "activemq.management";
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int MOST_NAMED = 10_000;
    private static final int MINUTES_BETWEEN_TRIES = 10;

    private final ConnectionFactory pool;
    private final String errorQueue;
    private final AtomicLong seen = new AtomicLong();
    /** Those that stay where they are, by queue and id. */
    private final Cache<String, Boolean> named =
            Caffeine.newBuilder().maximumSize(MOST_NAMED).build();
    /**
     * Queues on which the broker did not move one a moment ago: an answer that does not come would take its time again.
     */
    private final Cache<String, Boolean> immovable = Caffeine.newBuilder()
            .maximumSize(MOST_NAMED)
            .expireAfterWrite(Duration.ofMinutes(MINUTES_BETWEEN_TRIES))
            .build();

    public ForeignMessages(ConnectionFactory pool, String errorQueue) {
        this.pool = pool;
        this.errorQueue = errorQueue;
    }

    /** How many were found since the start; one that stays is counted once. */
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

    /** One that was found on a queue that cannot be consumed, without its body: that may be large. */
    record Found(String messageId, long number, String problem) {
        static Found of(Message message, String problem) throws JMSException {
            long number = message instanceof ActiveMQMessage received
                    ? received.getCoreMessage().getMessageID()
                    : 0;
            return new Found(message.getJMSMessageID(), number, problem);
        }
    }

    /** Whether to put it aside: not one that was named and cannot be moved now. */
    boolean isToMove(String queue, Message message) throws JMSException {
        return immovable.getIfPresent(queue) == null || !isNamed(queue, message.getJMSMessageID());
    }

    /** Puts one aside that cannot be consumed, or skips it. */
    void move(String queue, Found found) {
        String id = found.messageId();
        boolean isNew = !isNamed(queue, id);
        if (isNew) {
            seen.incrementAndGet();
        }
        if (immovable.getIfPresent(queue) == null && isMoved(queue, found)) {
            LOG.warn(MOVED, queue, errorQueue, id, found.problem());
        } else if (isNew) {
            named.put(key(queue, id), true);
            LOG.warn(
                    "{}: a message that the bridge did not send is skipped. {} {} The login may not manage the"
                            + " broker. Remove the message: operation removeMessage({}) of the queue"
                            + " {} in the console, or give the login manage on {}.",
                    queue,
                    id,
                    found.problem(),
                    found.number(),
                    queue,
                    MANAGEMENT);
        }
    }

    private boolean isNamed(String queue, String messageId) {
        return named.getIfPresent(key(queue, messageId)) != null;
    }

    private static String key(String queue, String messageId) {
        return queue + " " + messageId;
    }

    /** One that is not there any more is not moved, and no reason to believe that others cannot be. */
    private boolean isMoved(String queue, Found found) {
        try {
            return move(queue, found.number(), errorQueue);
        } catch (Exception e) {
            LOG.debug("message {} of {} not moved", found.messageId(), queue, e);
            immovable.put(queue, true);
            return false;
        }
    }

    /** Has the broker move one to another queue; false if it is not there. */
    boolean move(String queue, long number, String target) throws Exception {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            ClientSession core = QueueResolver.core(session);
            try (ClientRequestor requestor = new ClientRequestor(core, MANAGEMENT)) {
                ClientMessage request = core.createMessage(false);
                ManagementHelper.putOperationInvocation(
                        request, ResourceNames.QUEUE + queue, "moveMessage", number, target);
                ClientMessage reply = TimeLimit.within(
                        TimeLimit.LONGEST, MANAGEMENT, () -> requestor.request(request, PATIENCE_MILLIS));
                if (reply == null || !ManagementHelper.hasOperationSucceeded(reply)) {
                    throw new JMSException("no answer, or rejected");
                }
                return Boolean.TRUE.equals(ManagementHelper.getResult(reply, Boolean.class));
            }
        }
    }
}
