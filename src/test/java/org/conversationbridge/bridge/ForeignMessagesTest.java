// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
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
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.replay.Replay;
import org.conversationbridge.replay.ReplayCount;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an attacker with the right to send to a queue of the bridge can do: some twenty kinds of message on each queue
 * of one bridge. After every few of them a poll goes through, none has failed, a new change of a conversation is
 * delivered, and consumers see no conversation that Genesys Cloud did not report. What cannot be worked on is put
 * aside with the reason.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ForeignMessagesTest {
    /** Sent with good pages: whoever may write pages may announce. */
    private static final Set<String> IN_GOOD_PAGES = Set.of("d1", "d2");

    /** Said of what is too large, instead of what is wrong with its content. */
    private static final String NOT_READ = "at most " + ReceivedText.MOST_BYTES + " are read";

    private final Set<String> planted = new HashSet<>();
    private final Newsworthy newsworthy = new Newsworthy();
    private TestBridge test;
    private QueueSettings queues;
    private MessageConsumer results;

    @BeforeAll
    void start(@TempDir Path dataDir) throws Exception {
        test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                dataDir,
                Map.of("poll.source", "analytics", "completed.corrections-after", "1s"));
        queues = test.settings().queues();
        test.sandbox().add(newsworthy);
        test.start();
        Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
        results = session.createConsumer(session.createQueue(queues.enriched()));
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
                "a sequence with no next one",
                Forgery.page("c1", "CONNECTED").replace("\"sequence\":1", "\"sequence\":" + Long.MAX_VALUE)));
        forgeries.add(Forgery.text(
                "a sequence of 0", Forgery.page("c1", "CONNECTED").replace("\"sequence\":1", "\"sequence\":0")));

        Attack attack = attack(queues.pages(), forgeries);

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
        attack.report(parked.size() + " parked");
    }

    @Test
    void damaged_properties_of_a_good_page_are_no_reason_to_stop_it() throws Exception {
        send(
                queues.pages(),
                List.of(
                        Forgery.text("attempts=abc", Forgery.page("d1", "CONNECTED"), "attempts", "abc"),
                        Forgery.text("firstFailedAt=garbage", Forgery.page("d2", "QUEUED"), "firstFailedAt", "-")));

        Set<String> awaited = new HashSet<>(IN_GOOD_PAGES);
        while (!awaited.isEmpty()) {
            awaited.remove(conversationId(result()));
        }
        test.awaitDelivered();
    }

    @Test
    void on_the_checkpoint_they_are_moved_away_without_being_read() throws Exception {
        List<Forgery> forgeries = new ArrayList<>(Forgery.all());
        forgeries.add(Forgery.text(
                "an entry of another key",
                "{\"key\":\"zzz\",\"revision\":\"r\",\"conversations\":{}}",
                "_AMQ_LVQ_NAME",
                "zzz-1"));
        forgeries.add(Forgery.text(
                "an entry of another key in a newer format",
                "{\"format\":99,\"key\":\"zzz\"}",
                "_AMQ_LVQ_NAME",
                "zzz-2"));
        forgeries.add(Forgery.text("a newer format without its last-value key", "{\"format\":99,\"key\":\"poll\"}"));
        forgeries.add(Forgery.text("garbage in place of an entry", "garbage", "_AMQ_LVQ_NAME", "delta-0000"));
        forgeries.add(Forgery.text("garbage in place of the poll", "garbage", "_AMQ_LVQ_NAME", "poll"));
        forgeries.add(new Forgery("bytes in place of an entry", session -> {
            Message message = session.createBytesMessage();
            message.setStringProperty("_AMQ_LVQ_NAME", "part-0000");
            return message;
        }));
        forgeries.add(Forgery.text(
                "an entry without its last-value key", "{\"key\":\"poll\",\"revision\":\"r\",\"conversations\":{}}"));
        forgeries.add(
                Forgery.tooLarge("an entry larger than is read", Forgery.entry("poll", 1), "_AMQ_LVQ_NAME", "poll"));
        Map.of("delta-0001", Long.MAX_VALUE, "delta-0002", 0L, "part-0001", -1L)
                .forEach((key, sequence) -> forgeries.add(Forgery.text(
                        "an entry with the sequence " + sequence, Forgery.entry(key, sequence), "_AMQ_LVQ_NAME", key)));
        forgeries.add(Forgery.text(
                "a poll at the beginning of time",
                "{\"format\":3,\"key\":\"poll\",\"revision\":\"r\",\"conversations\":{},"
                        + "\"lastGoodPoll\":\"-999999999-01-01T00:00:00Z\"}",
                "_AMQ_LVQ_NAME",
                "poll"));
        int moved = forgeries.size();

        Attack attack;
        try (LogCapture log = LogCapture.of(ForeignMessages.class)) {
            attack = attack(queues.checkpoint(), forgeries);
            assertThat(log.messages())
                    .filteredOn(line -> line.contains(NOT_READ))
                    .hasSize(1);
        }

        for (int polls = 0; polls < 50 && waiting(queues.error()) < moved; polls++) {
            // A look at a queue may end too early: the next poll sees the rest.
            assertThat(strangersUntilNews("afterwards")).isZero();
        }
        assertThat(take(queues.error(), moved)).hasSize(moved);
        // The broker counts a message that is replaced or moved until nothing holds it any more.
        await().untilAsserted(() -> assertThat(waiting(queues.checkpoint())).isEqualTo(test.checkpointMessages()));
        attack.report(moved + " moved");
    }

    @Test
    void where_completions_and_histories_wait_they_are_moved_away() throws Exception {
        Map<String, String> right = Map.of(
                queues.corrections(),
                "{\"announcedAt\":\"2026-11-20T12:00:00Z\",\"completions\":[]}",
                queues.missingHistories(),
                Forgery.change("c1", "CONNECTED"));
        for (String queue : right.keySet()) {
            List<Forgery> forgeries = new ArrayList<>(Forgery.all());
            forgeries.add(Forgery.tooLarge("larger than is read", right.get(queue)));
            Attack attack = attack(queue, forgeries);

            int tooLarge = 0;
            for (Message message : take(queues.error(), forgeries.size())) {
                assertThat(message.getStringProperty("errorCode")).isEqualTo("MESSAGE_FOREIGN");
                assertThat(message.getStringProperty("errorStage")).isEqualTo(queue);
                assertThat(message.getStringProperty("errorMessage"))
                        .endsWith(".")
                        .doesNotContain("Exception");
                tooLarge += message.getStringProperty("errorMessage").contains(NOT_READ) ? 1 : 0;
            }
            assertThat(tooLarge).isEqualTo(1);
            attack.report(forgeries.size() + " moved");
        }
    }

    @Test
    void on_the_replay_queue_they_are_parked_again() throws Exception {
        List<Forgery> forgeries = Forgery.all();
        Attack attack = attack(queues.replays(), forgeries);

        for (Message message : take(queues.error(), forgeries.size())) {
            assertThat(message.getStringProperty("errorCode")).isIn("MESSAGE_FOREIGN", "CONVERSATION_MALFORMED");
            assertThat(message.getStringProperty("originalType")).isEqualTo("conversation");
        }
        assertThat(waiting(queues.replays())).isZero();
        attack.report(forgeries.size() + " parked again");
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
        Attack attack = attack(queues.pollRequests(), forgeries);

        await().until(() -> waiting(queues.pollRequests()) == 0);
        int parked = waiting(queues.error());
        assertThat(parked).isZero();
        attack.report(parked + " parked");
    }

    @Test
    void on_the_queues_that_are_only_written_to_they_stop_nothing() throws Exception {
        assertThat(waiting(queues.error())).isZero();
        for (String queue : List.of(queues.current(), queues.enriched(), queues.events(), queues.error())) {
            List<Forgery> forgeries = Forgery.all();

            attack(queue, forgeries).report("left to its consumers");
        }
        List<String> lines = new ArrayList<>();
        Replay replay = new Replay(queues, new QueueResolver(new BrokerQueues(queues)), 8, Json.mapper(), lines::add);
        int parked = Forgery.all().size();
        // A browse may end before it has shown everything.
        await().untilAsserted(() -> assertThat(waiting(queues.error())).isEqualTo(parked));
        await().untilAsserted(
                        () -> assertThat(replay.look(test.connection(), null)).isEqualTo(new ReplayCount(0, parked)));
        await().untilAsserted(
                        () -> assertThat(replay.send(test.connection(), null)).isEqualTo(new ReplayCount(0, parked)));
        take(queues.error(), parked);
    }

    /** What an attack came to, counted. */
    private record Attack(String queue, int kinds, long polls, long failedPolls, int delivered, int forged) {
        void report(String outcome) {
            System.out.println(
                    queue + ": " + kinds + " kinds of message, " + polls + " polls went through, " + failedPolls
                            + " failed, " + delivered + " new changes delivered, consumers saw " + forged
                            + " that the bridge did not send; " + outcome);
        }
    }

    /** Messages after which the bridge has to show that it goes on. */
    int together() {
        return 6;
    }

    /** Sends a few at a time. After them the bridge goes on, and its consumers see nothing else because of them. */
    private Attack attack(String queue, List<Forgery> forgeries) throws JMSException {
        PollFigures before = test.bridge().polls().figures();
        int forged = 0;
        int rounds = 0;
        for (int i = 0; i < forgeries.size(); i += together()) {
            List<Forgery> next = forgeries.subList(i, Math.min(i + together(), forgeries.size()));
            String kind = next.stream().map(Forgery::name).toList() + " on " + queue;
            rounds++;
            send(queue, next);
            forged += strangersUntilNews(kind);
            assertThat(test.bridge().polls().lastFailure()).as(kind).isEmpty();
            assertThat(test.bridge().polls().figures().failedPolls()).as(kind).isEqualTo(before.failedPolls());
        }
        assertThat(forged).as("forged results").isEqualTo(queue.equals(queues.enriched()) ? forgeries.size() : 0);
        assertThat(strangersOnCurrent()).as("forged on current").isZero();
        PollFigures after = test.bridge().polls().figures();
        return new Attack(
                queue,
                forgeries.size(),
                after.polls() - before.polls(),
                after.failedPolls() - before.failedPolls(),
                rounds,
                queue.equals(queues.current()) ? forgeries.size() : forged);
    }

    /** A poll goes through, and a change that is new then is delivered; counts what else is on the result queue. */
    private int strangersUntilNews(String kind) throws JMSException {
        long polls = test.bridge().polls().figures().polls();
        String queueId = newsworthy.move();
        test.poll();
        int strangers = 0;
        for (Message result = result(); !isNews(result, queueId); result = result()) {
            strangers += isOfGenesys(conversationId(result)) ? 0 : 1;
        }
        await(kind)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> test.bridge().polls().figures().polls() > polls);
        return strangers;
    }

    private Message result() throws JMSException {
        Message result = results.receive(Duration.ofSeconds(30).toMillis());
        assertThat(result)
                .as("result; last failure %s", test.bridge().polls().lastFailure())
                .isNotNull();
        return result;
    }

    private static boolean isNews(Message result, String queueId) throws JMSException {
        return Newsworthy.ID.equals(conversationId(result))
                && TestBridge.json((TextMessage) result)
                        .at("/queue/id")
                        .asText()
                        .equals(queueId);
    }

    private static @Nullable String conversationId(Message message) throws JMSException {
        return message.getStringProperty("conversationId");
    }

    private boolean isOfGenesys(@Nullable String conversationId) {
        return conversationId != null
                && (conversationId.equals(Newsworthy.ID)
                        || IN_GOOD_PAGES.contains(conversationId)
                        || test.sandbox().world().find(conversationId).isPresent());
    }

    /** Those that no attack sent there itself. */
    private int strangersOnCurrent() throws JMSException {
        int strangers = 0;
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(queues.current()))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                boolean isPlanted = planted.contains(((Message) message).getJMSMessageID());
                strangers += isPlanted || isOfGenesys(conversationId((Message) message)) ? 0 : 1;
            }
        }
        return strangers;
    }

    private void send(String queue, List<Forgery> forgeries) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            for (Forgery forgery : forgeries) {
                Message message = forgery.maker().make(session);
                producer.send(message);
                planted.add(message.getJMSMessageID());
            }
            producer.send(session.createTextMessage("expired"), DeliveryMode.PERSISTENT, 4, 1);
        }
    }

    /** What stands behind a completion that is not due yet is moved by the first poll after it is. */
    private List<Message> take(String queue, int count) throws JMSException {
        List<Message> taken = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                var consumer = session.createConsumer(session.createQueue(queue))) {
            while (taken.size() < count) {
                Message message = consumer.receive(Duration.ofSeconds(2).toMillis());
                if (message != null) {
                    taken.add(message);
                } else {
                    assertThat(System.nanoTime())
                            .as(taken.size() + " of " + count + " on " + queue)
                            .isLessThan(end);
                    test.poll();
                }
            }
        }
        return taken;
    }

    private int waiting(String queue) throws JMSException {
        return test.depth(queue);
    }
}
