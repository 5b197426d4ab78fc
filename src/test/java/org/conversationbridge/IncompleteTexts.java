// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/**
 * Text messages whose body ends before its own length says, as after a full disk. A browser of Artemis shows null for
 * each.
 */
public final class IncompleteTexts {
    private static final int LENGTH = 1_000;

    private IncompleteTexts() {}

    /** Sends so many to a queue. */
    public static void send(Connection connection, String queue, int count) throws Exception {
        send(connection, queue, count, "", "");
    }

    /** Sends so many with a property to a queue. */
    public static void send(Connection connection, String queue, int count, String property, String value)
            throws Exception {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            ClientSession core = ((ActiveMQSession) session).getCoreSession();
            try (ClientProducer producer = core.createProducer(queue)) {
                for (int i = 0; i < count; i++) {
                    ClientMessage message = core.createMessage(Message.TEXT_TYPE, true);
                    message.getBodyBuffer().writeByte((byte) 1);
                    message.getBodyBuffer().writeInt(LENGTH);
                    if (!property.isEmpty()) {
                        message.putStringProperty(property, value);
                    }
                    producer.send(message);
                }
            }
            session.commit();
        }
    }
}
