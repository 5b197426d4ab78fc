// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** What is on a queue, looked at without taking anything. */
public final class QueueView {
    private final ConnectionFactory pool;
    private final QueueResolver queues;

    public QueueView(ConnectionFactory pool, QueueResolver queues) {
        this.pool = pool;
        this.queues = queues;
    }

    /** How many messages the broker counts on a queue. */
    public long depth(String name) throws JMSException {
        return look(name, (session, queue) -> QueueResolver.depth(session, name));
    }

    /**
     * The texts of the messages that can be seen. A browse may end too early, and shows a part only while the broker
     * still loads the queue: the caller has to know what must be there.
     */
    public List<String> texts(String name) throws JMSException {
        return look(name, (session, queue) -> {
            List<String> texts = new ArrayList<>();
            try (QueueBrowser browser = session.createBrowser(queue)) {
                Enumeration<?> messages = browser.getEnumeration();
                while (messages.hasMoreElements()) {
                    if (messages.nextElement() instanceof TextMessage message) {
                        texts.add(message.getText());
                    }
                }
            }
            return texts;
        });
    }

    private <T> T look(String name, Look<T> look) throws JMSException {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            return look.at(session, queues.resolve(session, name));
        }
    }

    private interface Look<T> {
        T at(Session session, Queue queue) throws JMSException;
    }
}
