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
import org.apache.activemq.artemis.api.core.management.ResourceNames;
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

    /** Gives a queue that exists the kind of a configuration; false if that is not allowed. */
    boolean update(QueueConfiguration queue) throws JMSException {
        return ask("updateQueue", queue.toJSON()).isPresent();
    }

    /** The settings that apply to an address, as JSON; those that are not set are absent. */
    Optional<String> addressSettings(String address) throws JMSException {
        return ask("getAddressSettingsAsJSON", address);
    }

    /** Whether a queue is paused, so that it delivers nothing; false if that is not known. */
    boolean isPaused(String queue) throws JMSException {
        return ask(
                        "paused " + queue,
                        question -> ManagementHelper.putAttribute(question, ResourceNames.QUEUE + queue, "paused"))
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /**
     * Has a queue do something with one of its messages; false where it does not have it.
     *
     * @throws JMSException when the broker does not answer, or refuses
     */
    boolean invoke(String queue, String operation, Object... arguments) throws JMSException {
        return ask(
                        operation + " " + queue,
                        question -> ManagementHelper.putOperationInvocation(
                                question, ResourceNames.QUEUE + queue, operation, arguments))
                .map(Boolean::parseBoolean)
                .orElseThrow(() -> new JMSException(operation + " was not answered, or refused"));
    }

    private Optional<String> ask(String operation, String argument) throws JMSException {
        return ask(
                operation + " " + argument,
                question ->
                        ManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, operation, argument));
    }

    /** Writes a question. */
    private interface Question {
        void put(ClientMessage message) throws Exception;
    }

    private Optional<String> ask(String what, Question asked) throws JMSException {
        ClientSession core = QueueResolver.core(session);
        try (ClientRequestor requestor = new ClientRequestor(core, ADDRESS)) {
            core.start();
            ClientMessage question = core.createMessage(false);
            asked.put(question);
            ClientMessage answer =
                    TimeLimit.within(TimeLimit.LONGEST, ADDRESS, () -> requestor.request(question, PATIENCE_MILLIS));
            if (answer == null || !ManagementHelper.hasOperationSucceeded(answer)) {
                LOG.debug("management {}: {}", what, answer);
                return Optional.empty();
            }
            return Optional.ofNullable(ManagementHelper.getResult(answer)).map(Object::toString);
        } catch (ActiveMQSecurityException e) {
            LOG.debug("the user of the bridge may not manage the broker", e);
            return Optional.empty();
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        } catch (JMSException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a management message could not be written", e);
        }
    }

    @Override
    public void close() throws JMSException {
        session.close();
    }
}
