// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.Fixtures;
import org.conversationbridge.FreePorts;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Originals that are replayed while the broker takes no results wait, and arrive when it does; none is lost on the way.
 */
@Tag("soak")
class ReplayFullResultsTest {
    private static final String USER = "bridge";

    @TempDir
    private Path folder;

    @Test
    void originals_wait_while_the_result_queue_is_full_and_arrive_afterwards() throws Exception {
        int port = FreePorts.next();
        Role role = new Role(USER, true, true, true, true, true, true, true, true, true, true, true, true);
        try (TestBridge test = TestBridge.of(
                        TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                        folder.resolve("unused"),
                        Map.of("poll.source", "analytics"));
                TestBroker broker = TestBroker.start(
                        port,
                        folder.resolve("broker"),
                        Map.of(USER, USER),
                        role,
                        config -> config.addAddressSetting(
                                test.settings().queues().enriched(),
                                new AddressSettings()
                                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                                        .setMaxSizeMessages(1)));
                Connection connection = broker.connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                Bridge bridge = new Bridge(
                        test.settings(),
                        Path.of("routes").toAbsolutePath(),
                        new BrokerConnections("tcp://127.0.0.1:" + port, USER, new Secret(USER)),
                        Clock.systemUTC())) {
            connection.start();
            QueueSettings queues = test.settings().queues();
            session.createProducer(session.createQueue(queues.enriched()))
                    .send(session.createTextMessage("in the way"));
            park(session, queues, 1, "1", "2026-11-20T10:00:00Z");
            park(session, queues, 2, "abc", "garbage");
            park(session, queues, 3, "-1", "+999999999-12-31T23:59:59Z");

            bridge.start();
            await().until(() -> bridge.polls().figures().changed() > 0);
            Replay replay =
                    new Replay(queues, new QueueResolver(new BrokerQueues(queues)), 8, Json.mapper(), line -> {});
            assertThat(replay.send(connection, null)).isEqualTo(new ReplayCount(3, 0));
            for (int i = 0; i < 2; i++) {
                session.createProducer(session.createQueue(queues.pollRequests()))
                        .send(session.createTextMessage(""));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> depth(session, queues.pollRequests()) == 0);
            assertThat(depth(session, queues.replays()) + depth(session, queues.error()))
                    .as("waiting")
                    .isEqualTo(3);
            assertThat(bridge.polls().figures().delivered()).isZero();

            broker.lift(queues.enriched());
            try (MessageConsumer results = session.createConsumer(session.createQueue(queues.enriched()))) {
                List<String> awaited = new ArrayList<>(List.of(id(1), id(2), id(3)));
                for (int i = 0; i < 200 && !awaited.isEmpty(); i++) {
                    TextMessage result =
                            (TextMessage) results.receive(Duration.ofSeconds(1).toMillis());
                    if (result == null) {
                        session.createProducer(session.createQueue(queues.pollRequests()))
                                .send(session.createTextMessage(""));
                    } else if (result.propertyExists("conversationId")) {
                        awaited.remove(result.getStringProperty("conversationId"));
                    }
                }
                assertThat(awaited).isEmpty();
            }
            await().until(() -> depth(session, queues.replays()) == 0);
            assertThat(depth(session, queues.error())).isZero();
        }
    }

    private static String id(int number) {
        return Fixtures.id(0x5000 + number);
    }

    private static void park(Session session, QueueSettings queues, int number, String attempts, String firstFailedAt)
            throws JMSException {
        TextMessage parked = session.createTextMessage(Fixtures.json("genesys/conversation-voice.json")
                .put("id", id(number))
                .toString());
        parked.setStringProperty("errorCode", "CONVERSATION_MALFORMED");
        parked.setStringProperty("originalType", "conversation");
        parked.setStringProperty("attempts", attempts);
        parked.setStringProperty("firstFailedAt", firstFailedAt);
        session.createProducer(session.createQueue(queues.error())).send(parked);
    }

    private static int depth(Session session, String queue) throws JMSException {
        try (var browser = session.createBrowser(session.createQueue(queue))) {
            return Collections.list(browser.getEnumeration()).size();
        }
    }
}
