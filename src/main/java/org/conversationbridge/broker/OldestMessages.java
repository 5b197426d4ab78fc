// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collection;
import java.util.Enumeration;
import java.util.stream.Collectors;

/** The oldest messages of a queue, however long it is: looked at one after the other, and taken when they are done with. */
public final class OldestMessages implements WaitingMessages {
    private static final long PATIENCE_MILLIS = 1_000;

    private final ConnectionFactory pool;
    private final QueueResolver queues;
    private final String name;

    public OldestMessages(ConnectionFactory pool, QueueResolver queues, String name) {
        this.pool = pool;
        this.queues = queues;
        this.name = name;
    }

    /** Sees a message. */
    public interface Visitor {
        /** Whether the next one is to be seen as well. */
        boolean sees(String messageId, String text);
    }

    /** Shows them, the oldest first. A browse may end too early: the rest is seen another time. */
    @Override
    public void show(Visitor visitor) throws JMSException {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            try (QueueBrowser browser = session.createBrowser(queues.resolve(session, name))) {
                Enumeration<?> messages = browser.getEnumeration();
                boolean goesOn = true;
                while (goesOn && messages.hasMoreElements()) {
                    goesOn = !(messages.nextElement() instanceof TextMessage message)
                            || visitor.sees(message.getJMSMessageID(), message.getText());
                }
            }
        }
    }

    /** Takes some away; those that are not there any more are none. */
    @Override
    public void take(Collection<String> messageIds) throws JMSException {
        if (messageIds.isEmpty()) {
            return;
        }
        String these = messageIds.stream().collect(Collectors.joining("', '", "JMSMessageID IN ('", "')"));
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            try (MessageConsumer consumer = session.createConsumer(queues.resolve(session, name), these)) {
                int left = messageIds.size();
                while (left > 0 && consumer.receive(PATIENCE_MILLIS) != null) {
                    left--;
                }
            }
        }
    }
}
