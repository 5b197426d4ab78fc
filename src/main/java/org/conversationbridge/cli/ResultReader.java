// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.function.Consumer;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;

/** Consumes a queue with plain JMS, outside Camel, and hands each message on as JSON. */
final class ResultReader implements AutoCloseable {
    private final Connection connection;

    private ResultReader(Connection connection) {
        this.connection = connection;
    }

    static ResultReader start(BrokerConnections broker, String queue, Consumer<JsonNode> reader) {
        try {
            Connection connection = broker.single().createConnection();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            consumer.setMessageListener(message -> reader.accept(content((TextMessage) message)));
            connection.start();
            return new ResultReader(connection);
        } catch (JMSException e) {
            throw new BrokerException("Cannot read queue " + queue + " of " + broker + ": " + e.getMessage(), e);
        }
    }

    /** What a message says about its conversation; it may be the data of a CloudEvent. */
    static JsonNode content(TextMessage message) {
        JsonNode body = json(message);
        return isCloudEvent(message) ? body.path("data") : body;
    }

    /** The whole body. */
    static JsonNode json(TextMessage message) {
        try {
            return Json.mapper().readTree(message.getText());
        } catch (JMSException | JsonProcessingException e) {
            throw new BrokerException("A message of the result queue is not JSON: " + e.getMessage(), e);
        }
    }

    private static boolean isCloudEvent(TextMessage message) {
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
