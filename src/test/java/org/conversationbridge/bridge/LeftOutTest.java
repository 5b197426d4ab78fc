// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.conversationbridge.CopiedRoutes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.route.poll.CurrentQueue;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter leaves out is not written to the current queue again and again, and hides nothing else there. */
class LeftOutTest {
    private static final String QUEUE = Fixtures.id(0xab5e);
    private static final String RESTATED = "was out of date";

    @TempDir
    private Path folder;

    private final LogCapture log = LogCapture.of(CurrentQueue.class);
    private final Newsworthy moving = new Newsworthy();
    private TestBridge test;
    private long polls;

    @AfterEach
    void stop() throws Exception {
        log.close();
        test.close();
    }

    @Test
    void what_passes_comes_back_and_what_does_not_is_tried_once() throws Exception {
        start("${body.conversation.mediaType} != 'voice'");
        Map<String, TextMessage> calls = current();
        assertThat(calls).hasSizeBetween(1, 12);

        poll();
        poll();

        assertThat(log.messages())
                .as("logged once")
                .singleElement()
                .asString()
                .contains((13 - calls.size()) + " of 13 live");
        for (int lost = 1; lost <= 2; lost++) {
            remove(calls.keySet());
            poll();
            await().until(() -> current().keySet().equals(calls.keySet()));
            assertThat(restated())
                    .hasSize(lost)
                    .allSatisfy(line -> assertThat(line).contains("conversations=" + calls.size() + ";"));
        }
        poll();
        test.stop();
        test.startAgain();
        polls = 0;
        awaitPoll();
        poll();
        poll();

        assertThat(restated()).as("a new process tries once").hasSize(3);
        assertThat(restated().get(2)).contains("conversations=" + (13 - calls.size()) + ";");
        assertThat(current().keySet()).isEqualTo(calls.keySet());
        assertThat(test.depth(test.settings().queues().enriched())).isEqualTo(calls.size());
    }

    @Test
    void what_is_left_out_from_a_change_on_leaves_and_comes_back_when_it_passes() throws Exception {
        start("${body.conversation?.queue?.id} == '" + QUEUE + "'");
        assertThat(current()).hasSize(13);
        long first = current().get(Newsworthy.ID).getLongProperty("sequence");

        moving.moveTo(QUEUE);
        poll();
        poll();

        await().until(() -> current().size() == 12);
        moving.move();
        poll();
        await().until(() -> current().size() == 13);
        assertThat(current().get(Newsworthy.ID).getLongProperty("sequence")).isEqualTo(first + 2);

        moving.moveTo(QUEUE);
        poll();
        moving.end();
        poll();
        poll();
        await().until(() -> current().size() == 12);
        poll();
        assertThat(restated()).isEmpty();
        assertThat(test.depth(test.settings().queues().enriched())).isEqualTo(14);
        assertThat(test.depth(test.settings().queues().error())).isZero();
    }

    private void start(String leftOut) throws Exception {
        Path routes = CopiedRoutes.into(folder.resolve("routes"));
        Path file = routes.resolve("35-deliver-conversation.camel.yaml");
        String begin = "        - enrich:\n            id: enrich-with-agent-history\n";
        Files.writeString(file, Files.readString(file).replace(begin, CopiedRoutes.leaveOut(leftOut) + begin));
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), still),
                folder.resolve("data"),
                Map.of("poll.source", "analytics"),
                routes,
                Clock.systemUTC());
        test.sandbox().add(moving);
        test.start();
        awaitPoll();
    }

    private List<String> restated() {
        return log.messages().stream().filter(line -> line.contains(RESTATED)).toList();
    }

    private void poll() throws Exception {
        test.poll();
        awaitPoll();
    }

    private void awaitPoll() {
        polls++;
        await().until(() -> test.bridge().polls().figures().polls() >= polls);
        test.awaitDelivered();
    }

    private void remove(Iterable<String> ids) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(
                        session.createQueue(test.settings().queues().current()))) {
            producer.setTimeToLive(1);
            for (String id : ids) {
                TextMessage nothing = session.createTextMessage("");
                nothing.setStringProperty("_AMQ_LVQ_NAME", id);
                producer.send(nothing);
            }
        }
        await().until(() -> current().isEmpty());
    }

    private Map<String, TextMessage> current() throws JMSException {
        Map<String, TextMessage> seen = new TreeMap<>();
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(
                        session.createQueue(test.settings().queues().current()))) {
            for (Object each : Collections.list(browser.getEnumeration())) {
                TextMessage message = (TextMessage) each;
                seen.put(message.getStringProperty("conversationId"), message);
            }
        }
        return seen;
    }
}
