// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.security.Role;
import org.conversationbridge.FreePorts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages of others on the queues that cannot be consumed, of a broker where the login of the bridge may not manage.
 */
class ForeignOnCheckpointTest {
    private static final String USER = "bridge";

    @TempDir
    private Path folder;

    private TestBridge test;
    private TestBroker broker;
    private BrokerConnections connections;
    private Bridge bridge;
    private QueueSettings queues;
    private Connection attacker;

    @BeforeEach
    void start() throws Exception {
        int port = FreePorts.next();
        test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                folder.resolve("unused"),
                Map.of("poll.source", "analytics"));
        queues = test.settings().queues();
        broker = TestBroker.start(
                port,
                folder.resolve("broker"),
                Map.of(USER, USER),
                role(true),
                ForeignOnCheckpointTest::forbidManaging);
        connections = new BrokerConnections("tcp://127.0.0.1:" + port, USER, new Secret(USER));
        bridge = bridge();
        bridge.start();
        attacker = broker.connect();
        attacker.start();
        await().until(() -> bridge.polls().figures().polls() == 1);
    }

    @AfterEach
    void stop() throws Exception {
        attacker.close();
        bridge.close();
        broker.close();
        test.close();
    }

    private Bridge bridge() {
        return new Bridge(test.settings(), Path.of("routes").toAbsolutePath(), connections, Clock.systemUTC());
    }

    private static void forbidManaging(Configuration configuration) {
        configuration.putSecurityRoles("activemq.management", Set.of(role(false)));
    }

    private static Role role(boolean manage) {
        return new Role(USER, true, true, true, true, true, true, manage, true, true, true, true, true);
    }

    @Test
    void is_skipped_named_once_with_what_removes_it_and_counted_and_polls_go_on() throws Exception {
        try (LogCapture log = LogCapture.of(ForeignMessages.class)) {
            send("garbage", null);
            send("garbage", "zzz");
            send("{\"format\":99}", null);

            await().untilAsserted(() -> {
                poll();
                assertThat(log.messages()).hasSize(3);
            });
            poll();
            poll();

            assertThat(log.messages())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith(queues.checkpoint() + ": a message that the bridge did not send is skipped")
                            .containsPattern("operation expireMessage\\(\\d+\\) of the queue " + queues.checkpoint())
                            .contains("give the login manage on activemq.management"));
            assertThat(counted()).isEqualTo(3);
            assertThat(bridge.polls().lastFailure()).isEmpty();
            assertThat(bridge.polls().figures().failedPolls()).isZero();
            assertThat(waiting()).isEqualTo(entries() + 3);
        }
    }

    @Test
    void on_the_current_queue_it_is_named_once_and_counted_and_polls_go_on() throws Exception {
        send(queues.current(), "garbage", null);
        send(queues.current(), "garbage", "zzz");
        String id = replaceOnCurrent();
        bridge.close();
        bridge = bridge();
        try (LogCapture log = LogCapture.of(ForeignMessages.class)) {
            bridge.start();
            await().until(() -> bridge.polls().figures().polls() == 1);
            poll();

            assertThat(log.messages())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith(queues.current() + ": a message that the bridge did not send is skipped")
                            .containsPattern("operation expireMessage\\(\\d+\\) of the queue " + queues.current()));
            assertThat(counted()).isEqualTo(3);
            assertThat(bridge.polls().lastFailure()).isEmpty();
            await().untilAsserted(() -> assertThat(onCurrent(id)).isInstanceOf(TextMessage.class));
        }
    }

    /** Puts bytes in place of a conversation; which. */
    private String replaceOnCurrent() throws JMSException {
        try (Session session = attacker.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queues.current()))) {
            await().until(() -> onCurrent(null) != null);
            Message original = onCurrent(null);
            Message bytes = session.createBytesMessage();
            String id = original.getStringProperty("conversationId");
            bytes.setStringProperty("_AMQ_LVQ_NAME", id);
            bytes.setStringProperty("conversationId", id);
            bytes.setLongProperty("sequence", original.getLongProperty("sequence"));
            producer.send(bytes);
            return id;
        }
    }

    /** The message of a conversation; of any where none is named. */
    private @Nullable Message onCurrent(@Nullable String id) throws JMSException {
        String selector = id == null ? "sequence > 0" : "conversationId = '" + id + "'";
        try (Session session = attacker.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(queues.current()), selector)) {
            Enumeration<?> messages = browser.getEnumeration();
            return messages.hasMoreElements() ? (Message) messages.nextElement() : null;
        }
    }

    @Test
    @Tag("soak")
    void however_many_and_large_they_are_polls_go_on_in_the_memory_there_is() throws Exception {
        String large = "x".repeat(30_000_000);
        String many = "[" + "[],".repeat(30_000) + "[]]";
        for (int i = 0; i < 5; i++) {
            send(large, null);
        }
        for (int i = 0; i < 1_600; i++) {
            send(many, null);
        }
        long before = used();
        long longest = 0;
        long most = 0;
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            poll();
            longest = Math.max(longest, System.nanoTime() - begin);
            most = Math.max(most, used());
        }
        System.out.printf(
                "checkpoint with %d foreign messages of 294 MB: 20 polls went through, %d failed; longest %d ms;"
                        + " heap before %d MB, most after a poll %d MB; counted %.0f%n",
                1_605,
                bridge.polls().figures().failedPolls(),
                Duration.ofNanos(longest).toMillis(),
                before,
                most,
                counted());
        assertThat(bridge.polls().figures().failedPolls()).isZero();
        assertThat(most).isLessThan(before + 100);
    }

    private double counted() {
        return bridge.context()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .get("conversation.bridge.foreign.messages")
                .functionCounter()
                .count();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
    }

    private void poll() throws JMSException {
        long polls = bridge.polls().figures().polls();
        PollRequests requests = bridge.context().getRegistry().lookupByNameAndType("pollRequests", PollRequests.class);
        try (Session session = attacker.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createProducer(session.createQueue(queues.pollRequests()))
                    .send(session.createTextMessage(requests.ask()));
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> bridge.polls().figures().polls() > polls);
    }

    private void send(String text, String key) throws JMSException {
        send(queues.checkpoint(), text, key);
    }

    private void send(String queue, String text, String key) throws JMSException {
        try (Session session = attacker.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            Message message = session.createTextMessage(text);
            if (key != null) {
                message.setStringProperty("_AMQ_LVQ_NAME", key);
            }
            producer.send(message);
        }
    }

    /** By what the head says. */
    private long entries() throws JMSException {
        try (Session session = attacker.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser =
                        session.createBrowser(session.createQueue(queues.checkpoint()), "_AMQ_LVQ_NAME = 'poll'")) {
            JsonNode head =
                    TestBridge.json((TextMessage) browser.getEnumeration().nextElement());
            return 1 + head.path("parts").asInt() + head.path("deltas").asInt();
        }
    }

    private long waiting() {
        return broker.depth(queues.checkpoint());
    }
}
