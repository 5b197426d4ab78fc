// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the user of the bridge may browse what the bridge browses. Without the permission polls fail, or what they
 * repair stays as it is; the broker grants it per queue.
 */
final class BrowseTrial {
    private static final Logger LOG = LoggerFactory.getLogger(BrowseTrial.class);
    /** No message matches, so that none is sent. */
    private static final SimpleString NONE = SimpleString.of("1 = 0");

    private final List<String> queues;

    BrowseTrial(List<String> queues) {
        this.queues = queues;
    }

    /** Those that may not be browsed. */
    List<QueueFault> refused(Connection connection) throws JMSException {
        List<QueueFault> refused = new ArrayList<>();
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (String queue : queues) {
                if (isRefused(QueueResolver.core(session), queue)) {
                    refused.add(new QueueFault(
                            queue,
                            "The user of the bridge may not browse queue " + queue
                                    + ". Give it the permission browse (broker.xml, security-setting).",
                            true));
                }
            }
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        }
        return refused;
    }

    /** One that is missing is reported by what creates it. */
    private static boolean isRefused(ClientSession session, String queue) throws ActiveMQException {
        try {
            session.createConsumer(SimpleString.of(queue), NONE, true).close();
            return false;
        } catch (ActiveMQNonExistentQueueException e) {
            LOG.debug("queue {} is missing", queue, e);
            return false;
        } catch (ActiveMQSecurityException e) {
            LOG.debug("queue {} may not be browsed", queue, e);
            return true;
        }
    }
}
