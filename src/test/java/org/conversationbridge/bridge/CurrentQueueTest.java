// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.conversationbridge.Changes;
import org.conversationbridge.TestBridge;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of the current queue see is what was announced last, whatever happens to the queue or to a change. */
class CurrentQueueTest {
    private static final int LIVE = 12;

    @TempDir
    private static Path dataDir;

    private static TestBridge test;
    private static String current;
    private static String results;
    private static Map<String, TextMessage> announced;
    private static int polls;

    @BeforeAll
    static void start() throws Exception {
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        test = TestBridge.of(TestBridge.sandbox(SandboxSettings.defaults(), still), dataDir, Map.of())
                .start();
        current = test.settings().queues().current();
        results = test.settings().queues().enriched();
        test.results(LIVE);
        test.awaitDelivered();
        await().untilAsserted(() -> {
            announced = seen();
            assertThat(announced).hasSize(LIVE);
        });
        polls = 1;
    }

    @AfterAll
    static void stop() throws Exception {
        test.close();
    }

    @Test
    void each_of_several_readers_gets_each_conversation() throws Exception {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer first = session.createConsumer(session.createQueue(current));
                MessageConsumer second = session.createConsumer(session.createQueue(current));
                MessageConsumer late = session.createConsumer(session.createQueue(current), "mediaType IS NOT NULL")) {
            for (MessageConsumer reader : List.of(first, second, late)) {
                Map<String, TextMessage> got = new TreeMap<>();
                while (got.size() < LIVE) {
                    TextMessage message = (TextMessage) reader.receive(30_000);
                    assertThat(message).as("after " + got.keySet()).isNotNull();
                    assertThat(message.propertyExists("JMSXGroupID")).isFalse();
                    got.put(message.getStringProperty("conversationId"), message);
                }
            }
        }
    }

    @Test
    void a_replayed_change_is_a_result_and_never_current() throws Exception {
        ConversationChange ended = Changes.queued("ended-long-ago", Instant.now());
        ConversationChange older = Changes.queued(announced.keySet().iterator().next(), Instant.now());

        sendPage(ChangePage.REPLAYED, ended, older);

        assertThat(test.results(2)).hasSize(2);
        test.awaitDelivered();
        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
    }

    @Test
    void what_it_lacks_is_put_there_by_the_next_poll_and_is_no_result() throws Exception {
        startAnew();
        List<String> ids = List.copyOf(announced.keySet());
        remove(ids.get(0));
        write(ids.get(1), 7, Map.of());
        write(ids.get(2), 0, Map.of());
        write(ids.get(3), 1, Map.of("JMSXGroupID", ids.get(3)));
        await().until(() -> seen().size() == LIVE - 1);

        poll();

        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        assertThat(test.depth(results)).isZero();
        assertThat(test.depth(test.settings().queues().error())).isZero();
    }

    @Test
    void what_is_not_live_leaves_at_the_first_look_at_everything() throws Exception {
        write("never-heard-of", 3, Map.of());

        startAnew();

        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        assertThat(test.depth(results)).isZero();
    }

    @Test
    void a_message_that_is_none_of_a_conversation_is_moved_to_the_error_queue() throws Exception {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            producer.send(session.createTextMessage("foreign"));
            TextMessage otherKey = session.createTextMessage("foreign");
            otherKey.setStringProperty("_AMQ_LVQ_NAME", "a key");
            otherKey.setStringProperty("conversationId", "not the key");
            otherKey.setStringProperty("sequence", "no number");
            producer.send(otherKey);
            for (Object id : List.of(new byte[] {1}, true, 7L)) {
                TextMessage otherType = session.createTextMessage("foreign");
                otherType.setObjectProperty("conversationId", id);
                producer.send(otherType);
            }
        }

        startAnew();

        String errors = test.settings().queues().error();
        await().until(() -> test.depth(errors) == 5);
        assertThat(test.depth(results)).isZero();
        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer moved = session.createConsumer(session.createQueue(errors))) {
            for (int i = 0; i < 5; i++) {
                assertThat(moved.receive(30_000).getStringProperty("_AMQ_ORIG_QUEUE"))
                        .isEqualTo(current);
            }
        }
    }

    /** An object is never read: it would run code of its own. */
    @Test
    void another_kind_of_message_in_place_of_a_conversation_is_moved_away() throws Exception {
        List<String> ids = List.copyOf(announced.keySet());
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            List<Message> kinds = List.of(
                    session.createBytesMessage(),
                    session.createMapMessage(),
                    session.createObjectMessage("an object"),
                    session.createStreamMessage(),
                    session.createMessage());
            for (int i = 0; i < kinds.size(); i++) {
                TextMessage original = Objects.requireNonNull(announced.get(ids.get(i)));
                kinds.get(i).setJMSType(original.getJMSType());
                kinds.get(i).setJMSCorrelationID(ids.get(i));
                for (Map.Entry<String, Object> property : properties(original).entrySet()) {
                    kinds.get(i).setObjectProperty(property.getKey(), property.getValue());
                }
                kinds.get(i).setStringProperty("_AMQ_LVQ_NAME", ids.get(i));
                producer.send(kinds.get(i));
            }
        }

        startAnew();

        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        String errors = test.settings().queues().error();
        await().until(() -> test.depth(errors) == 5);
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer moved = session.createConsumer(session.createQueue(errors))) {
            for (int i = 0; i < 5; i++) {
                assertThat(moved.receive(30_000)).isNotInstanceOf(TextMessage.class);
            }
        }
        assertThat(test.depth(results)).isZero();
    }

    /** Routes may set both: the bridge goes by key, sequence and kind. */
    @Test
    void another_type_or_correlation_id_is_replaced_with_the_next_state_only() throws Exception {
        String id = announced.keySet().iterator().next();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            TextMessage message = session.createTextMessage("{}");
            message.setJMSType("of another");
            message.setJMSCorrelationID("of another");
            message.setStringProperty("_AMQ_LVQ_NAME", id);
            message.setStringProperty("conversationId", id);
            message.setLongProperty("sequence", announced.get(id).getLongProperty("sequence"));
            producer.send(message);
        }
        startAnew();
        poll();
        await().until(() -> seen().containsKey(id) && seen().get(id).getText().equals("{}"));

        write(id, 0, Map.of());
        startAnew();

        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        assertThat(test.depth(test.settings().queues().error())).isZero();
    }

    @Test
    void properties_of_other_types_on_a_message_of_a_conversation_are_put_right() throws Exception {
        String id = announced.keySet().iterator().next();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            TextMessage message = session.createTextMessage("{}");
            message.setStringProperty("_AMQ_LVQ_NAME", id);
            message.setStringProperty("conversationId", id);
            message.setObjectProperty("mediaType", new byte[] {1});
            message.setObjectProperty("direction", new byte[] {1});
            message.setObjectProperty("sequence", new byte[] {1});
            producer.send(message);
        }

        startAnew();

        await().untilAsserted(CurrentQueueTest::assertSameAsAnnounced);
        assertThat(test.depth(results)).isZero();
    }

    private static void startAnew() throws Exception {
        test.stop();
        test.startAgain();
        polls = 0;
        awaitPoll();
    }

    private static void poll() throws Exception {
        test.poll();
        awaitPoll();
    }

    private static void awaitPoll() {
        polls++;
        int done = polls;
        await().until(() -> test.bridge().polls().figures().polls() == done);
        test.awaitDelivered();
    }

    private static void sendPage(String kind, ConversationChange... changes) throws Exception {
        test.send(
                test.settings().queues().pages(),
                Json.mapper().writeValueAsString(new ChangePage(kind, 0, List.of(changes))));
    }

    private static void remove(String conversationId) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            producer.setTimeToLive(1);
            TextMessage nothing = session.createTextMessage("");
            nothing.setStringProperty("_AMQ_LVQ_NAME", conversationId);
            producer.send(nothing);
        }
    }

    private static void write(String conversationId, long sequence, Map<String, String> more) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(current))) {
            TextMessage message = session.createTextMessage("{}");
            message.setStringProperty("_AMQ_LVQ_NAME", conversationId);
            message.setStringProperty("conversationId", conversationId);
            message.setLongProperty("sequence", sequence);
            for (Map.Entry<String, String> property : more.entrySet()) {
                message.setStringProperty(property.getKey(), property.getValue());
            }
            producer.send(message);
        }
    }

    private static void assertSameAsAnnounced() throws Exception {
        Map<String, TextMessage> now = seen();
        assertThat(now.keySet()).isEqualTo(announced.keySet());
        for (Map.Entry<String, TextMessage> each : now.entrySet()) {
            TextMessage before = Objects.requireNonNull(announced.get(each.getKey()));
            assertThat(facts(each.getValue())).isEqualTo(facts(before));
            assertThat(properties(each.getValue())).isEqualTo(properties(before));
        }
    }

    /** Histories are as of another moment. */
    private static JsonNode facts(TextMessage message) {
        ObjectNode facts = (ObjectNode) TestBridge.json(message);
        facts.remove("history");
        return facts;
    }

    private static Map<String, Object> properties(TextMessage message) throws JMSException {
        Map<String, Object> properties = new TreeMap<>();
        for (Object name : Collections.list(message.getPropertyNames())) {
            if (!name.equals("JMSXDeliveryCount")) {
                properties.put((String) name, message.getObjectProperty((String) name));
            }
        }
        return properties;
    }

    private static Map<String, TextMessage> seen() throws JMSException {
        Map<String, TextMessage> seen = new TreeMap<>();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(current))) {
            for (Object each : Collections.list(browser.getEnumeration())) {
                TextMessage message = (TextMessage) each;
                String id = message.getStringProperty("conversationId");
                seen.put(id == null ? "none" : id, message);
            }
        }
        return seen;
    }
}
