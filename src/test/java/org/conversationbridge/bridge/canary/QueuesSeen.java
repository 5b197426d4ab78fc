// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is on the queues: headers and properties of each message, and apart from them its body. */
final class QueuesSeen {
    private static final int LOOKS = 10;

    private final Surfaces surfaces;
    private final Set<String> seen = new HashSet<>();

    QueuesSeen(Surfaces surfaces) {
        this.surfaces = surfaces;
    }

    /**
     * Searches the messages of queues that were not seen before. A browser may end early, so it looks several times.
     */
    void look(Connection connection, List<String> queues) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (String queue : queues) {
                for (int i = 0; i < LOOKS; i++) {
                    lookOnce(session, queue);
                }
            }
        }
    }

    private void lookOnce(Session session, String queue) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            for (Object element : Collections.list(browser.getEnumeration())) {
                Message message = (Message) element;
                if (seen.add(queue + message.getJMSMessageID())) {
                    surfaces.of("JMS properties, " + queue).add(properties(message));
                    surfaces.of("JMS bodies, " + queue).add(body(message));
                }
            }
        }
    }

    private static String body(Message message) throws JMSException {
        return message instanceof TextMessage text && text.getText() != null ? text.getText() : "";
    }

    private static String properties(Message message) throws JMSException {
        StringBuilder all = new StringBuilder(String.join(
                " ",
                List.of(
                        "JMSType=" + message.getJMSType(),
                        "JMSCorrelationID=" + message.getJMSCorrelationID(),
                        "JMSReplyTo=" + message.getJMSReplyTo())));
        for (Object name : Collections.list(message.getPropertyNames())) {
            all.append(' ').append(name).append('=').append(message.getObjectProperty((String) name));
        }
        return all.toString();
    }
}
