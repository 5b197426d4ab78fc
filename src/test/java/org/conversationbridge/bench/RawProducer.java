// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import jakarta.jms.Connection;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Peer: only the messages, of the same size, a commit for each 100. What the broker takes from one session. */
final class RawProducer {
    private static final int COMMIT = 100;

    private RawProducer() {}

    /** Arguments: messages, characters of each. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        String body = "x".repeat(Integer.parseInt(arguments[1]));
        try (ActiveMQConnectionFactory factory = Rig.factory(System.getenv());
                Connection connection = factory.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer results = session.createProducer(session.createQueue(Rig.RESULTS))) {
            for (int number = 1; number <= messages; number++) {
                TextMessage message = session.createTextMessage(body);
                message.setJMSCorrelationID(Integer.toString(number));
                message.setStringProperty("JMSXGroupID", Integer.toString(number));
                results.send(message);
                if (number % COMMIT == 0 || number == messages) {
                    session.commit();
                }
            }
        }
        System.out.println("done");
    }
}
