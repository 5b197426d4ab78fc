// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionMessage;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody closes on the broker: polls and deliveries go on. */
class ClosedOnTheBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @Test
    void every_consumer_comes_back_whatever_is_closed_on_the_broker() throws Exception {
        try (TestBridge test = TestBridge.of(
                                TestBridge.sandbox(
                                        new SandboxSettings(
                                                WorldSettings.SMALL,
                                                "sandbox",
                                                "sandbox-secret",
                                                Duration.ofHours(1),
                                                0,
                                                true,
                                                false),
                                        clock),
                                dataDir,
                                Map.of("page.consumers", "2"),
                                clock)
                        .connectedWith("callTimeout=2000")
                        .start();
                Connection management = test.connections().single().createConnection()) {
            management.start();
            await().until(() -> test.bridge().polls().figures().polls() == 1);
            String polls = test.settings().queues().pollRequests();
            String pages = test.settings().queues().pages();
            await().ignoreExceptions().until(() -> consumers(test).equals(List.of(pages, pages, polls)));

            pollsAfter(
                    test,
                    () -> assertThat(invoke(management, "closeConsumerConnectionsForAddress", polls))
                            .isEqualTo(true));
            pollsAfter(test, () -> eachSession(management));
            pollsAfter(test, () -> eachSessionThatSomebodyClaims(test, management));
            pollsAfter(test, () -> eachConsumer(management));
            pollsAfter(test, () -> everyConnection(test));
        }
    }

    @Test
    @Tag("soak")
    void one_consumer_that_is_closed_among_those_of_several_processes_comes_back() throws Exception {
        try (TestBridge test = TestBridge.of(
                                TestBridge.sandbox(SandboxSettings.defaults(), clock),
                                dataDir,
                                Map.of("page.consumers", "1", "camel.main.jmxEnabled", "true"),
                                clock)
                        .start();
                Bridge other = new Bridge(test.settings(), Path.of("routes"), test.connections(), clock);
                Connection management = test.connections().single().createConnection()) {
            other.start();
            management.start();
            String pages = test.settings().queues().pages();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> consumers(test).stream().filter(pages::equals).count() == 2);
            List<String> before = consumers(test);
            String closed = ids(management, pages).get(0);
            String[] parts = closed.split("/", -1);

            assertThat(invoke(management, "closeConsumerWithID", parts[0], parts[1]))
                    .isEqualTo(true);

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(ids(management, pages)).hasSize(2).doesNotContain(closed));
            assertThat(consumers(test)).containsExactlyElementsOf(before);
        }
    }

    /** Of the consumers of a queue: session and number. */
    private static List<String> ids(Connection management, String queue) throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonNode consumer : list(management, "listAllConsumersAsJSON")) {
            if (consumer.path("queueName").asText().equals(queue)) {
                ids.add(consumer.path("sessionID").asText() + "/"
                        + consumer.path("sequentialId").asText());
            }
        }
        return ids;
    }

    private static Set<String> listened(TestBridge test) {
        return Set.of(test.settings().queues().pages(), test.settings().queues().pollRequests());
    }

    /** Also the one that asks for it, which therefore gets no answer. */
    private static void everyConnection(TestBridge test) throws Exception {
        try (Connection management = test.connections().single().createConnection()) {
            management.start();
            invoke(management, "closeConnectionsForUser", test.connections().user());
        } catch (JMSException e) {
            assertThat(e.getMessage()).as("closed").isNotNull();
        }
    }

    private interface Closing {
        void close() throws Exception;
    }

    /** Consumers are as before, a change is found by a poll and delivered, ready says so. */
    private void pollsAfter(TestBridge test, Closing closing) throws Exception {
        List<String> before = consumers(test);
        long polls = test.bridge().polls().figures().polls();
        closing.close();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(consumers(test)).containsExactlyElementsOf(before));
        clock.advance(Duration.ofSeconds(20));
        try (Connection fresh = test.connections().single().createConnection();
                Session session = fresh.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createProducer(session.createQueue(test.settings().queues().pollRequests()))
                    .send(session.createTextMessage(""));
        }
        await().atMost(PATIENCE)
                .until(() -> test.bridge().polls().figures().polls() > polls
                        && test.bridge().polls().figures().delivered()
                                >= test.bridge().polls().figures().changed());
    }

    /** Queues with the listeners that the bridge has there: looks at other queues come and go. */
    private static List<String> consumers(TestBridge test) throws Exception {
        try (Connection connection = test.connections().single().createConnection()) {
            connection.start();
            List<String> consumers = new ArrayList<>();
            list(connection, "listAllConsumersAsJSON").forEach(consumer -> {
                String queue = consumer.path("queueName").asText();
                if (listened(test).contains(queue)) {
                    consumers.add(queue);
                }
            });
            consumers.sort(null);
            return consumers;
        }
    }

    private static void eachSession(Connection management) throws Exception {
        String own = ownConnection(management);
        List<Object> closed = new ArrayList<>();
        for (JsonNode each : list(management, "listConnectionsAsJSON")) {
            String connection = each.path("connectionID").asText();
            if (!connection.equals(own)) {
                for (JsonNode session : list(management, "listSessionsAsJSON", connection)) {
                    closed.add(invoke(
                            management,
                            "closeSessionWithID",
                            connection,
                            session.path("sessionID").asText()));
                }
            }
        }
        assertThat(closed).as("some are short-lived").contains(true);
    }

    /**
     * As a client without login that asks to go on with the sessions of others. Artemis before 2.57.0 closed each
     * without a word, so that whoever had it got neither an answer nor an error any more.
     */
    private static void eachSessionThatSomebodyClaims(TestBridge test, Connection management) throws Exception {
        String own = ownConnection(management);
        try (ServerLocator locator =
                        ActiveMQClient.createServerLocator(test.connections().url());
                ClientSessionFactory stranger = locator.createSessionFactory()) {
            Channel channel = ((CoreRemotingConnection) stranger.getConnection()).getChannel(1, -1);
            for (JsonNode each : list(management, "listConnectionsAsJSON")) {
                String connection = each.path("connectionID").asText();
                if (!connection.equals(own)) {
                    for (JsonNode session : list(management, "listSessionsAsJSON", connection)) {
                        channel.sendBlocking(
                                new ReattachSessionMessage(
                                        session.path("sessionID").asText(), -1),
                                PacketImpl.REATTACH_SESSION_RESP);
                    }
                }
            }
        }
    }

    private static void eachConsumer(Connection management) throws Exception {
        List<Object> closed = new ArrayList<>();
        for (JsonNode consumer : list(management, "listAllConsumersAsJSON")) {
            if (consumer.path("queueName").asText().startsWith("genesys.")) {
                closed.add(invoke(
                        management,
                        "closeConsumerWithID",
                        consumer.path("sessionID").asText(),
                        consumer.path("sequentialId").asText()));
            }
        }
        assertThat(closed).as("some have come back before").contains(true);
    }

    /** The one that asks is known by a queue that only it consumes; the bridge asks the broker too. */
    private static String ownConnection(Connection management) throws Exception {
        String own = "own-" + UUID.randomUUID();
        try (Session session = management.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer unused = session.createConsumer(session.createQueue(own))) {
            for (JsonNode consumer : list(management, "listAllConsumersAsJSON")) {
                if (consumer.path("queueName").asText().equals(own)) {
                    return consumer.path("connectionID").asText();
                }
            }
        }
        throw new AssertionError("no consumer of " + own);
    }

    private static JsonNode list(Connection management, String operation, Object... parameters) throws Exception {
        return Fixtures.parse((String) invoke(management, operation, parameters));
    }

    private static Object invoke(Connection management, String operation, Object... parameters) throws Exception {
        try (QueueSession session = (QueueSession) management.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            QueueRequestor requestor = new QueueRequestor(session, session.createQueue("activemq.management"));
            Message question = session.createMessage();
            JMSManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, operation, parameters);
            Message answer = requestor.request(question);
            if (!JMSManagementHelper.hasOperationSucceeded(answer)) {
                throw new AssertionError(operation + ": " + JMSManagementHelper.getResult(answer));
            }
            return JMSManagementHelper.getResult(answer);
        }
    }
}
