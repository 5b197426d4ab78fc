// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java object in a message, which would run code of the sender's choice when it is deserialized. */
class DeserializationTest {
    /** Notices that it is deserialized. */
    private static final class Tripwire implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger TRIPPED = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            TRIPPED.incrementAndGet();
        }
    }

    @TempDir
    private Path folder;

    @Test
    void no_route_deserializes_it_and_the_others_go_on() throws Exception {
        try (TestBridge test = bridge()) {
            sendObject(test.settings().queues().pages());
            sendObject(test.settings().queues().pollRequests());
            test.start();
            test.poll();

            assertThat(test.results(12)).hasSize(12);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> test.depth(test.settings().queues().pollRequests()) == 0);
            assertThat(Tripwire.TRIPPED).hasValue(0);
        }
    }

    @Test
    void tail_passes_it_by() throws Exception {
        try (TestBridge test = bridge()) {
            sendObject(test.settings().queues().enriched());
            Path config = Files.createDirectory(folder.resolve("config"));
            Files.writeString(
                    config.resolve(SettingsReader.FILE),
                    "data.dir=" + test.settings().broker().dataDir());
            StringWriter out = new StringWriter();

            int exitCode = ConversationBridge.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .execute("tail", "-n", "1", "--config", config.toString());

            assertThat(exitCode).isEqualTo(ConversationBridge.FAILED);
            assertThat(out.toString()).isEmpty();
            assertThat(Tripwire.TRIPPED).hasValue(0);
        }
    }

    @Test
    void no_connection_of_ours_deserializes_it_though_a_default_one_does() throws Exception {
        try (TestBridge test = bridge()) {
            sendObject("anywhere");
            for (var factory : new jakarta.jms.ConnectionFactory[] {
                connections().single(), connections().pool()
            }) {
                assertThatThrownBy(() -> browse(factory))
                        .isInstanceOf(JMSException.class)
                        .hasMessageContaining("Forbidden class");
            }
            assertThat(Tripwire.TRIPPED).hasValue(0);

            BrokerCredentials credentials = BrokerCredentials.read(folder.resolve("data"));
            browse(new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(
                    credentials.url(),
                    credentials.user(),
                    credentials.password().reveal()));

            assertThat(Tripwire.TRIPPED.getAndSet(0)).isEqualTo(1);
        }
    }

    private static void browse(jakarta.jms.ConnectionFactory factory) throws JMSException {
        try (Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            ObjectMessage message = (ObjectMessage) session.createBrowser(session.createQueue("anywhere"))
                    .getEnumeration()
                    .nextElement();
            message.getObject();
        }
    }

    private void sendObject(String queue) throws Exception {
        try (Connection connection = connections().single().createConnection()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            session.createProducer(session.createQueue(queue)).send(session.createObjectMessage(new Tripwire()));
        }
    }

    private BrokerConnections connections() throws IOException {
        return BrokerConnections.to(BrokerCredentials.read(folder.resolve("data")));
    }

    private TestBridge bridge() throws Exception {
        return TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                folder.resolve("data"),
                Map.of("poll.source", "analytics"));
    }
}
