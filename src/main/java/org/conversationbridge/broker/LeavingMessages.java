// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * Messages of a last-value queue that are to leave it, though no client can consume them: each is sent once more as it
 * is, with a time to live. So readers that have it learn that it is the last of its key.
 */
public final class LeavingMessages {
    private static final String KEY = "_AMQ_LVQ_NAME";

    private final ConnectionFactory pool;
    private final QueueResolver queues;
    private final String name;
    private final long timeToLiveMillis;

    /** @param timeToLive how long readers may take to receive it */
    public LeavingMessages(ConnectionFactory pool, QueueResolver queues, String name, Duration timeToLive) {
        this.pool = pool;
        this.queues = queues;
        this.name = name;
        this.timeToLiveMillis = timeToLive.toMillis();
    }

    /**
     * Has those leave that a selector finds, as far as a browse shows them.
     *
     * @return how many
     */
    public int leave(String selector) throws JMSException {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            Queue queue = queues.resolve(session, name);
            List<TextMessage> leaving = new ArrayList<>();
            try (QueueBrowser browser = session.createBrowser(queue, selector)) {
                BrowsedMessages messages = BrowsedMessages.of(browser);
                while (messages.hasNext()) {
                    Message message = messages.next();
                    if (message.getJMSExpiration() == 0
                            && ReceivedText.problem(message).isEmpty()) {
                        leaving.add(copy(message, session));
                    }
                }
            }
            try (MessageProducer producer = session.createProducer(queue)) {
                producer.setTimeToLive(timeToLiveMillis);
                for (TextMessage message : leaving) {
                    producer.send(message);
                }
            }
            return leaving.size();
        }
    }

    private static TextMessage copy(Message message, Session session) throws JMSException {
        TextMessage copy = session.createTextMessage(ReceivedText.of(message));
        copy.setJMSType(message.getJMSType());
        copy.setJMSCorrelationID(message.getJMSCorrelationID());
        Enumeration<?> properties = message.getPropertyNames();
        while (properties.hasMoreElements()) {
            String property = (String) properties.nextElement();
            if (!property.startsWith("JMSX")) {
                copy.setObjectProperty(property, message.getObjectProperty(property));
            }
        }
        copy.setStringProperty(KEY, message.getStringProperty(KEY));
        return copy;
    }
}
