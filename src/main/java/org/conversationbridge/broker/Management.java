// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions to the management of the broker. A user who may not manage it gets no answer. */
final class Management implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final String ADDRESS = "activemq.management";
    private static final long PATIENCE_MILLIS = 3_000;

    private final Session session;

    Management(Connection connection) throws JMSException {
        this.session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
    }

    /** Gives a queue that exists the kind of a configuration; false where that is not allowed. */
    boolean update(QueueConfiguration queue) throws JMSException {
        return ask("updateQueue", queue.toJSON()).isPresent();
    }

    /** The settings that apply to an address, as JSON; those that are not set are absent. */
    Optional<String> addressSettings(String address) throws JMSException {
        return ask("getAddressSettingsAsJSON", address);
    }

    private Optional<String> ask(String operation, String argument) throws JMSException {
        ClientSession core = QueueResolver.core(session);
        try (ClientRequestor requestor = new ClientRequestor(core, ADDRESS)) {
            core.start();
            ClientMessage question = core.createMessage(false);
            ManagementHelper.putOperationInvocation(question, "broker", operation, argument);
            ClientMessage answer = requestor.request(question, PATIENCE_MILLIS);
            if (answer == null || !ManagementHelper.hasOperationSucceeded(answer)) {
                LOG.debug("management {} {}: {}", operation, argument, answer);
                return Optional.empty();
            }
            return Optional.ofNullable(ManagementHelper.getResult(answer)).map(Object::toString);
        } catch (ActiveMQSecurityException e) {
            LOG.debug("the user of the bridge may not manage the broker", e);
            return Optional.empty();
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        } catch (Exception e) {
            throw new IllegalStateException("a management message could not be written", e);
        }
    }

    @Override
    public void close() throws JMSException {
        session.close();
    }
}
