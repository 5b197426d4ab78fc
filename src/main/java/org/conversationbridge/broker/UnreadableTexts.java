// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts of which the broker has lost a part, as a disk that was full leaves them: the client fails while it receives
 * one, before any consumer sees the message, so that it stays the first of its queue and all behind it waits. The broker
 * moves it to the dead letters of its queue, where the login may manage; elsewhere the log says what removes it.
 * ({@link LargeTexts} does that for the embedded broker, at its start.) Safe for many threads.
 */
public final class UnreadableTexts {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableTexts.class);
    /** Looked at from the first one of a queue on. */
    private static final int MOST_LOOKED_AT = 1_000;

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    private final ConnectionFactory pool;
    private final ForeignMessages messages;
    private final Cache<String, Boolean> warned =
            Caffeine.newBuilder().expireAfterWrite(BETWEEN_WARNINGS).build();

    /** @param messages moves what cannot be consumed */
    public UnreadableTexts(ConnectionFactory pool, ForeignMessages messages) {
        this.pool = pool;
        this.messages = messages;
    }

    /** Puts aside what no client can read of a queue. A failure is logged: the next receiver tries again. */
    public void putAside(String queue) {
        String deadLetters = QueueSettings.DEAD_LETTERS + queue;
        try {
            for (long number : unreadable(queue)) {
                if (messages.move(queue, number, deadLetters)) {
                    LOG.error(
                            "broker: message {} on {} has an incomplete body and was moved to {}: no client can read"
                                    + " it. Its conversations are announced again when they change.",
                            number,
                            queue,
                            deadLetters);
                }
            }
        } catch (Exception e) {
            if (warned.asMap().putIfAbsent(queue, true) == null) {
                LOG.error(
                        "broker: a message on {} has an incomplete body: no client can read it, and it blocks the"
                                + " messages behind it."
                                + " It cannot be moved to {} ({}). Remove it on the broker, operation removeMessage of the"
                                + " queue in the console, or give the login manage on activemq.management.",
                        queue,
                        deadLetters,
                        e.getMessage());
            }
        }
    }

    private List<Long> unreadable(String queue) throws JMSException, ActiveMQException {
        List<Long> unreadable = new ArrayList<>();
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            ClientSession core = QueueResolver.core(session);
            try (ClientConsumer browser = core.createConsumer(SimpleString.of(queue), null, true)) {
                ClientMessage message = next(browser, queue);
                for (int i = 0; i < MOST_LOOKED_AT && message != null; i++) {
                    if (!isReadable(message, core)) {
                        unreadable.add(message.getMessageID());
                    }
                    message = next(browser, queue);
                }
            }
        }
        return unreadable;
    }

    /** What is not there is null. */
    private static @Nullable ClientMessage next(ClientConsumer browser, String queue)
            throws JMSException, ActiveMQException {
        return TimeLimit.<@Nullable ClientMessage, ActiveMQException>within(
                TimeLimit.LONGEST, queue, browser::receiveImmediate);
    }

    /** As the client of JMS does it before it hands a message out. */
    private static boolean isReadable(ClientMessage message, ClientSession session) throws ActiveMQException {
        try {
            ActiveMQMessage.createMessage(message, session).doBeforeReceive();
            return true;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }
}
