// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.failure.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumes a queue with plain JMS, outside Camel, and hands each message on as JSON. */
final class ResultReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);

    private final Connection connection;

    private ResultReader(Connection connection) {
        this.connection = connection;
    }

    static ResultReader start(BrokerConnections broker, String queue, Consumer<JsonNode> reader) {
        try {
            Connection connection = broker.single().createConnection();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            consumer.setMessageListener(message -> accept(message, reader));
            connection.start();
            return new ResultReader(connection);
        } catch (JMSException e) {
            throw new BrokerException("Cannot read queue " + queue + " of " + broker + ": " + e.getMessage(), e);
        }
    }

    /** What cannot be read is named and passed by: thrown on, it would be delivered again and again. */
    private static void accept(Message message, Consumer<JsonNode> reader) {
        JsonNode content;
        try {
            content = content(message);
        } catch (BrokerException e) {
            LOG.warn("a message of the result queue is not shown. {}", e.getMessage());
            return;
        }
        reader.accept(content);
    }

    /**
     * What a message says about its conversation; it may be the data of a CloudEvent.
     *
     * @throws BrokerException when it is not one of the bridge's, with the reason
     */
    static JsonNode content(Message message) {
        JsonNode body = json(message);
        return isCloudEvent(message) ? object(body.path("data"), "Its data") : body;
    }

    /**
     * The whole body.
     *
     * @throws BrokerException when it is not one of the bridge's, with the reason
     */
    static JsonNode json(Message message) {
        try {
            Optional<String> problem = ReceivedText.problem(message);
            if (problem.isPresent()) {
                throw new BrokerException(problem.get(), null);
            }
            return object(Json.mapper().readTree(ReceivedText.of(message)), "Its body");
        } catch (JsonProcessingException e) {
            throw new BrokerException("A message of the result queue is not JSON: " + e.getOriginalMessage(), e);
        } catch (BrokerException e) {
            throw e;
        } catch (JMSException | RuntimeException e) {
            throw new BrokerException("The broker does not deliver it completely: " + FailureText.of(e), e);
        }
    }

    private static JsonNode object(JsonNode found, String what) {
        if (!found.isObject()) {
            String kind = found.isMissingNode()
                    ? "empty"
                    : "JSON of type " + found.getNodeType().name().toLowerCase(Locale.ROOT);
            throw new BrokerException(what + " is " + kind + "; the bridge sends JSON objects only.", null);
        }
        return found;
    }

    private static boolean isCloudEvent(Message message) {
        try {
            String type = message.getStringProperty("contentType");
            return type != null && type.startsWith("application/cloudevents+json");
        } catch (JMSException e) {
            throw new BrokerException("A message of the result queue cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JMSException e) {
            throw new BrokerException("Cannot close the connection: " + e.getMessage(), e);
        }
    }
}
