// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.replay.Replay;
import org.conversationbridge.replay.ReplayCount;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.QueueSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an attacker with the right to send to a queue of the bridge can do: some twenty kinds of message on each queue of
 * one bridge. Polls and deliveries go on after each queue, and what cannot be worked on is put aside with the reason.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ForeignMessagesTest {
    private TestBridge test;
    private QueueSettings queues;

    @BeforeAll
    void start(@TempDir Path dataDir) throws Exception {
        test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                dataDir,
                Map.of("poll.source", "analytics", "completed.corrections-after", "1s"));
        queues = test.settings().queues();
        test.start();
        await().until(() -> test.bridge().polls().figures().polls() == 1);
    }

    @AfterAll
    void stop() throws Exception {
        test.close();
    }

    @Test
    void on_the_page_queue_they_are_parked_with_the_reason() throws Exception {
        List<Forgery> forgeries = new ArrayList<>(Forgery.all());
        forgeries.add(Forgery.text("null in place of changes", "{\"pollId\":\"p\",\"partition\":0,\"changes\":null}"));
        forgeries.add(Forgery.text("a change that is null", "{\"pollId\":\"p\",\"partition\":0,\"changes\":[null]}"));
        forgeries.add(Forgery.text("a change that is empty", "{\"pollId\":\"p\",\"partition\":0,\"changes\":[{}]}"));
        forgeries.add(Forgery.text("a state that is none", Forgery.page("c1", "DANCING")));
        forgeries.add(Forgery.text(
                "an event type that is none", Forgery.page("c1", "CONNECTED").replace("updated", "foo")));
        forgeries.add(Forgery.text("an id of 100 KB", Forgery.page("x".repeat(100_000), "CONNECTED")));
        forgeries.add(Forgery.text("an id that cannot be printed", Forgery.page("a\\u0007b", "CONNECTED")));
        forgeries.add(Forgery.text(
                "a sequence of 0", Forgery.page("c1", "CONNECTED").replace("\"sequence\":1", "\"sequence\":0")));

        send(queues.pages(), forgeries);
        test.awaitDelivered();

        List<Message> parked = take(queues.error(), forgeries.size());
        for (int i = 0; i < parked.size(); i++) {
            Message message = parked.get(i);
            assertThat(message.getStringProperty("errorCode"))
                    .as(forgeries.get(i).name())
                    .isEqualTo("MESSAGE_FOREIGN");
            assertThat(message.getStringProperty("errorMessage"))
                    .as(forgeries.get(i).name())
                    .endsWith(".")
                    .doesNotContain("Exception", "org.", "java.", "com.");
            assertThat(message.getStringProperty("originalType")).isEqualTo("page");
        }
        assertThat(parked.stream().filter(BytesMessage.class::isInstance).map(BytesMessage.class::cast))
                .singleElement()
                .satisfies(bytes -> assertThat(bytes.getBodyLength()).isEqualTo(5));
        report("pages", forgeries, parked.size() + " parked");
        assertGoesOn();
    }

    @Test
    void damaged_properties_of_a_good_page_are_no_reason_to_stop_it() throws Exception {
        send(
                queues.pages(),
                List.of(
                        Forgery.text("attempts=abc", Forgery.page("d1", "CONNECTED"), "attempts", "abc"),
                        Forgery.text("firstFailedAt=garbage", Forgery.page("d2", "QUEUED"), "firstFailedAt", "-")));

        Set<String> awaited = new HashSet<>(Set.of("d1", "d2"));
        while (!awaited.isEmpty()) {
            awaited.remove(TestBridge.json(test.results(1).get(0))
                    .path("conversationId")
                    .asText());
        }
        test.awaitDelivered();
        assertGoesOn();
    }

    @Test
    void on_the_checkpoint_they_are_moved_away_without_being_read() throws Exception {
        List<Forgery> forgeries = new ArrayList<>(Forgery.all());
        forgeries.add(Forgery.text(
                "an entry of another key",
                "{\"key\":\"zzz\",\"revision\":\"r\",\"conversations\":{}}",
                "_AMQ_LVQ_NAME",
                "zzz"));
        forgeries.add(Forgery.text(
                "an entry without its last-value key", "{\"key\":\"poll\",\"revision\":\"r\",\"conversations\":{}}"));
        forgeries.add(Forgery.text("larger than is read", "x".repeat(20_000_000)));
        int kept = forgeries.size() - 1;

        send(queues.checkpoint(), forgeries);

        assertGoesOn();
        assertGoesOn();
        assertThat(take(queues.error(), kept)).hasSize(kept);
        assertThat(waiting(queues.checkpoint())).isEqualTo(65);
        report("checkpoint", forgeries, kept + " moved (two had the same last-value key)");
    }

    @Test
    void where_completions_and_histories_wait_they_are_moved_away() throws Exception {
        for (String queue : List.of(queues.corrections(), queues.missingHistories())) {
            List<Forgery> forgeries = Forgery.all();
            send(queue, forgeries);

            assertGoesOn();

            for (Message message : take(queues.error(), forgeries.size())) {
                assertThat(message.getStringProperty("errorCode")).isEqualTo("MESSAGE_FOREIGN");
                assertThat(message.getStringProperty("errorStage")).isEqualTo(queue);
                assertThat(message.getStringProperty("errorMessage"))
                        .endsWith(".")
                        .doesNotContain("Exception");
            }
            report(queue, forgeries, forgeries.size() + " moved");
        }
    }

    @Test
    void on_the_replay_queue_they_are_parked_again() throws Exception {
        List<Forgery> forgeries = Forgery.all();
        send(queues.replays(), forgeries);

        assertGoesOn();

        for (Message message : take(queues.error(), forgeries.size())) {
            assertThat(message.getStringProperty("errorCode")).isIn("MESSAGE_FOREIGN", "CONVERSATION_MALFORMED");
            assertThat(message.getStringProperty("originalType")).isEqualTo("conversation");
        }
        assertThat(waiting(queues.replays())).isZero();
        report("replays", forgeries, forgeries.size() + " parked again");
    }

    @Test
    void among_the_poll_requests_none_is_a_conversation_to_replay() throws Exception {
        List<Forgery> forgeries = new ArrayList<>(Forgery.all());
        forgeries.add(Forgery.text(
                "a forged conversation",
                Fixtures.json("genesys/conversation-voice.json").toString(),
                "originalType",
                "conversation",
                "firstFailedAt",
                "2035-01-01T00:00:00Z"));
        send(queues.pollRequests(), forgeries);

        await().until(() -> waiting(queues.pollRequests()) == 0);
        assertGoesOn();
        assertThat(waiting(queues.error())).isZero();
        report("poll requests", forgeries, "0 conversations announced, 0 parked");
    }

    @Test
    void on_the_queues_that_are_only_written_to_they_stop_nothing() throws Exception {
        for (String queue : List.of(queues.current(), queues.events(), queues.enriched(), queues.error())) {
            List<Forgery> forgeries = Forgery.all();
            send(queue, forgeries);

            assertGoesOn();

            report(queue, forgeries, "left to its consumers");
        }
        List<String> lines = new ArrayList<>();
        Replay replay = new Replay(queues, new QueueResolver(new BrokerQueues(queues)), 8, Json.mapper(), lines::add);
        int parked = waiting(queues.error());
        assertThat(replay.look(test.connection(), null)).isEqualTo(new ReplayCount(0, parked));
        assertThat(replay.send(test.connection(), null)).isEqualTo(new ReplayCount(0, parked));
        take(queues.error(), parked);
        while (waiting(queues.enriched()) > 0) {
            take(queues.enriched(), 1);
        }
    }

    private void send(String queue, List<Forgery> forgeries) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            for (Forgery forgery : forgeries) {
                producer.send(forgery.maker().make(session));
            }
            producer.send(session.createTextMessage("expired"), DeliveryMode.PERSISTENT, 4, 1);
        }
    }

    private List<Message> take(String queue, int count) throws JMSException {
        List<Message> taken = new ArrayList<>();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                var consumer = session.createConsumer(session.createQueue(queue))) {
            while (taken.size() < count) {
                Message message = consumer.receive(Duration.ofSeconds(30).toMillis());
                assertThat(message)
                        .as(taken.size() + " of " + count + " on " + queue)
                        .isNotNull();
                taken.add(message);
            }
        }
        return taken;
    }

    private int waiting(String queue) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            return Collections.list(browser.getEnumeration()).size();
        }
    }

    /** A poll goes through, and what it finds is delivered. */
    private void assertGoesOn() throws JMSException {
        long polls = test.bridge().polls().figures().polls();
        test.poll();
        await().until(() -> test.bridge().polls().figures().polls() > polls);
    }

    private static void report(String queue, List<Forgery> forgeries, String outcome) {
        System.out.println(queue + ": " + forgeries.size() + " kinds of message, " + outcome + "; polls go on");
    }
}
