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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;
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
    /** Those that stay where they are, by queue and number. */
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

    /**
     * One that was found on a queue that cannot be consumed, without its body: that may be large.
     *
     * @param messageId its JMSMessageID; null where its sender gave it none
     * @param sentAt its JMSTimestamp, in milliseconds
     * @param number by which the broker knows it, after a restart as well
     */
    record Found(@Nullable String messageId, long sentAt, long number, String problem) {
        static Found of(Message message, String problem) throws JMSException {
            return new Found(
                    message.getJMSMessageID(), message.getJMSTimestamp(), ForeignMessages.number(message), problem);
        }
    }

    private static long number(Message message) {
        return message instanceof ActiveMQMessage received
                ? received.getCoreMessage().getMessageID()
                : 0;
    }

    /** Whether to put it aside: not one that was named and cannot be moved now. */
    boolean isToMove(String queue, Message message) {
        return immovable.getIfPresent(queue) == null || !isNamed(queue, number(message));
    }

    /** Puts those aside that cannot be consumed, or skips them. */
    void move(String queue, List<Found> found) {
        if (found.isEmpty()) {
            return;
        }
        seen.addAndGet(
                found.stream().filter(one -> !isNamed(queue, one.number())).count());
        int done = immovable.getIfPresent(queue) == null ? moved(queue, found) : 0;
        for (Found left : found.subList(done, found.size())) {
            skip(queue, left);
        }
    }

    /** How many of them need nothing any more. One that is not there any more is no reason to stop. */
    private int moved(String queue, List<Found> found) {
        int done = 0;
        try (Connection connection = pool.createConnection()) {
            connection.start();
            try (LastingMoves moves = new LastingMoves(connection, queue, errorQueue, found)) {
                for (Found one : found) {
                    if (moves.move(one)) {
                        LOG.warn(MOVED, queue, errorQueue, one.messageId(), one.problem());
                    }
                    done++;
                }
            }
        } catch (JMSException | RuntimeException e) {
            LOG.debug("{} messages of {} not moved", found.size() - done, queue, e);
            immovable.put(queue, true);
        }
        return done;
    }

    private void skip(String queue, Found found) {
        if (isNamed(queue, found.number())) {
            return;
        }
        named.put(key(queue, found.number()), true);
        LOG.warn(
                "{}: a message that the bridge did not send is skipped. {} {} The login may not manage the"
                        + " broker. Remove the message: operation expireMessage({}) of the queue"
                        + " {} in the console, or give the login manage on {}. (After removeMessage or moveMessage"
                        + " it is back when the broker restarts.)",
                queue,
                found.messageId(),
                found.problem(),
                found.number(),
                queue,
                MANAGEMENT);
    }

    private boolean isNamed(String queue, long number) {
        return named.getIfPresent(key(queue, number)) != null;
    }

    private static String key(String queue, long number) {
        return queue + " " + number;
    }

    /**
     * Has the broker move one from a queue that can be consumed to another queue; false where it is not there.
     *
     * @throws JMSException when the broker does not answer, or refuses
     */
    boolean move(String queue, long number, String target) throws JMSException {
        try (Connection connection = pool.createConnection()) {
            connection.start();
            try (Management management = new Management(connection)) {
                return management.invoke(queue, "moveMessage", number, target);
            }
        }
    }
}
