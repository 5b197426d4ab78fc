// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/consumer.md says of selectors on a queue whose messages have groups, and what it advises instead. */
class SelectorsTest {
    private static final String RESULTS = "genesys.conversations.enriched";
    private static final String STARTED = "conversation.started";
    private static final String COMPLETED = "conversation.completed";
    private static final long LONG_ENOUGH_MILLIS = 300;
    private static final Pattern DIVERT = Pattern.compile("```xml\\s*(<divert .*?)```", Pattern.DOTALL);

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        Matcher divert = DIVERT.matcher(Files.readString(Path.of("docs/consumer.md")));
        assertThat(divert.find()).isTrue();
        String core = "<core xmlns=\"urn:activemq:core\"><diverts>" + divert.group(1) + "</diverts></core>";
        Configuration configuration = new FileConfigurationParser()
                .parseMainConfig(new ByteArrayInputStream(core.getBytes(StandardCharsets.UTF_8)));
        broker.setConfiguration(configuration
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://78"));
        broker.start();
        connection = new ActiveMQConnectionFactory("vm://78").createConnection();
        connection.start();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
    }

    @Test
    void what_the_consumer_of_a_conversation_leaves_no_other_gets() throws Exception {
        MessageConsumer started = consumer(RESULTS, "eventType = '" + STARTED + "'");
        MessageConsumer completed = consumer(RESULTS, "eventType = '" + COMPLETED + "'");

        send(STARTED);
        send(COMPLETED);

        assertThat(eventType(started.receive(30_000))).isEqualTo(STARTED);
        assertThat(completed.receive(LONG_ENOUGH_MILLIS)).isNull();
        assertThat(started.receiveNoWait()).isNull();
    }

    @Test
    void the_advised_divert_fills_a_queue_with_a_part_and_leaves_all_on_the_other() throws Exception {
        MessageConsumer part = consumer("calls.completed", null);
        MessageConsumer all = consumer(RESULTS, null);

        send(STARTED);
        send(COMPLETED);

        assertThat(eventType(part.receive(30_000))).isEqualTo(COMPLETED);
        assertThat(part.receiveNoWait()).isNull();
        assertThat(eventType(all.receive(30_000))).isEqualTo(STARTED);
        assertThat(eventType(all.receive(30_000))).isEqualTo(COMPLETED);
    }

    private MessageConsumer consumer(String queue, String selector) throws JMSException {
        Session session = connection.createSession();
        return session.createConsumer(session.createQueue(queue), selector);
    }

    private void send(String eventType) throws JMSException {
        try (Session session = connection.createSession()) {
            Message message = session.createTextMessage("{}");
            message.setStringProperty("JMSXGroupID", "c-1");
            message.setStringProperty("mediaType", "voice");
            message.setStringProperty("eventType", eventType);
            session.createProducer(session.createQueue(RESULTS)).send(message);
        }
    }

    private static String eventType(Message message) throws JMSException {
        return message.getStringProperty("eventType");
    }
}
