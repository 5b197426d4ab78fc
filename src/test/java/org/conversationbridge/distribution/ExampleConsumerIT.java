// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example consumer, started as docs/consumer.md says, on the messages of a bridge. */
class ExampleConsumerIT {
    private static final String EXAMPLE =
            Path.of("examples/ConversationConsumer.java").toAbsolutePath().toString();
    private static final String LIBRARIES =
            Path.of(System.getProperty("distribution"), "lib").toAbsolutePath() + "/*";

    @TempDir
    private static Path folder;

    private static TestBridge bridge;
    private static String results;
    private static List<TextMessage> first;

    @BeforeAll
    static void start() throws Exception {
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        bridge = TestBridge.of(TestBridge.sandbox(SandboxSettings.defaults(), still), folder, Map.of())
                .start();
        results = bridge.settings().queues().enriched();
        first = bridge.results(12);
    }

    @AfterAll
    static void stop() throws Exception {
        bridge.close();
    }

    @Test
    void each_message_is_handled_once_and_an_older_one_never() throws Exception {
        try (Program consumer = consumer()) {
            consumer.line("who is live is known");
            assertThat(handled(consumer)).hasSize(12);
            for (TextMessage message : first) {
                send(message, Map.of());
            }
            send(first.get(0), Map.of("messageId", "older", "sequence", 0L));
            send(first.get(0), Map.of("messageId", "newer", "sequence", 2L));
            send(first.get(0), Map.of("messageId", "newer", "sequence", 2L));
            consumer.line(id(first.get(0)) + " #2 ");
            await().until(() -> bridge.depth(results) == 0);

            assertThat(handled(consumer)).hasSize(13).doesNotHaveDuplicates();
            assertThat(handled(consumer)).noneMatch(line -> line.contains(" #0 "));
        }
    }

    @Test
    void a_selector_leaves_the_others_on_the_queue() throws Exception {
        try (Program consumer =
                consumer("--selector", "mediaType = 'voice' AND eventType = 'conversation.completed'")) {
            consumer.line("who is live is known");
            send(first.get(0), Map.of("mediaType", "voice", "eventType", "conversation.ended"));
            send(first.get(1), Map.of("mediaType", "chat", "eventType", "conversation.completed"));
            send(first.get(2), Map.of("mediaType", "voice", "eventType", "conversation.completed"));
            consumer.line(id(first.get(2)) + " #1 conversation.completed voice ");
            await().until(() -> bridge.depth(results) == 2);

            assertThat(handled(consumer)).hasSize(1);
        }
    }

    /** One that cannot be handled: it has no sequence. */
    @Test
    void before_it_rolls_back_it_pauses_ever_longer_and_takes_nothing_else_meanwhile() throws Exception {
        try (Program consumer = consumer()) {
            consumer.line("who is live is known");
            long begin = System.nanoTime();
            try (Session session = bridge.connection().createSession()) {
                TextMessage poison = session.createTextMessage("poison");
                poison.setStringProperty("JMSXGroupID", id(first.get(0)));
                session.createProducer(session.createQueue(results)).send(poison);
            }
            send(first.get(0), Map.of("JMSXGroupID", id(first.get(0)), "messageId", "behind", "sequence", 9L));
            await().until(() -> consumer.lines().stream()
                            .filter(line -> line.startsWith("rolled back: "))
                            .count()
                    >= 3);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
            assertThat(handled(consumer)).noneMatch(line -> line.contains(" #9 "));
        }
        bridge.results(2);
    }

    private static List<String> handled(Program consumer) {
        return consumer.lines().stream().filter(line -> line.contains(" #")).toList();
    }

    private static Program consumer(String... options) throws IOException {
        BrokerCredentials credentials = BrokerCredentials.read(folder);
        List<String> command =
                new ArrayList<>(List.of("java", "-cp", LIBRARIES, EXAMPLE, "--url", credentials.url(), "--user"));
        Stream.concat(Stream.of(credentials.user()), Stream.of(options)).forEach(command::add);
        return Program.start(
                folder, Map.of("BROKER_PASSWORD", credentials.password().reveal()), command.toArray(String[]::new));
    }

    /** Sends a copy with some properties changed. */
    private static void send(TextMessage original, Map<String, Object> changed) throws JMSException {
        try (Session session = bridge.connection().createSession()) {
            TextMessage copy = session.createTextMessage(original.getText());
            for (Object name : Collections.list(original.getPropertyNames())) {
                if (!name.equals("JMSXDeliveryCount")) {
                    copy.setObjectProperty((String) name, original.getObjectProperty((String) name));
                }
            }
            for (Map.Entry<String, Object> property : changed.entrySet()) {
                copy.setObjectProperty(property.getKey(), property.getValue());
            }
            session.createProducer(session.createQueue(results)).send(copy);
        }
    }

    private static String id(TextMessage message) throws JMSException {
        return message.getStringProperty("conversationId");
    }
}
