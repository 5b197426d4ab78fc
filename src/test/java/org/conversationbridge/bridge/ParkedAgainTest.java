// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is parked once, over polls, restarts and a take-over, until somebody empties the error queue. */
class ParkedAgainTest {
    private static final int PAGE = 100;

    @TempDir
    private Path folder;

    private final AtomicInteger without = new AtomicInteger();
    private int unreadable;

    @Test
    void what_is_parked_is_not_parked_again_by_a_later_life_or_another_process() throws Exception {
        unreadable = 30;
        try (TestBridge test = start()) {
            String errors = test.settings().queues().error();
            awaitParked(test, unreadable);
            test.send(errors, "a message of somebody else, without any property");

            test.stop();
            test.startAgain();
            awaitPolls(test.bridge(), 1);
            poll(test);
            assertThat(test.depth(errors)).isEqualTo(unreadable + 1);

            unreadable++;
            poll(test);
            assertThat(test.depth(errors)).as("one more").isEqualTo(unreadable + 1);

            test.stop();
            try (Bridge another = test.startAnother()) {
                awaitPolls(another, 1);
                assertThat(test.depth(errors)).as("by another process").isEqualTo(unreadable + 1);
            }

            test.receive(errors, unreadable + 1);
            test.startAgain();
            awaitPolls(test.bridge(), 1);
            assertThat(test.depth(errors))
                    .as("after somebody emptied the queue")
                    .isEqualTo(unreadable);
        }
    }

    @Test
    void what_another_process_parked_is_not_parked_again_when_polls_come_back() throws Exception {
        unreadable = 30;
        try (TestBridge test = start("camel.main.jmxEnabled", "true")) {
            String errors = test.settings().queues().error();
            awaitParked(test, unreadable);
            for (int time = 1; time <= 2; time++) {
                test.bridge().context().getRouteController().stopRoute("receive-request");
                unreadable++;
                try (Bridge another = test.startAnother()) {
                    awaitPolls(another, 1);
                    assertThat(test.depth(errors)).as("by the other process").isEqualTo(unreadable);
                }

                test.bridge().context().getRouteController().startRoute("receive-request");
                poll(test);
                assertThat(test.depth(errors)).as("back, time " + time).isEqualTo(unreadable);
            }
        }
    }

    @Test
    @Tag("soak")
    void twelve_thousand_are_parked_once_over_polls_and_a_restart() throws Exception {
        unreadable = 12_000;
        try (TestBridge test = start()) {
            String errors = test.settings().queues().error();
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> test.bridge().polls().figures().polls() == 1);
            // So many messages are on the queue a little after their commit.
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(test.depth(errors)).isEqualTo(unreadable));
            poll(test);
            assertThat(test.depth(errors)).isEqualTo(unreadable);

            test.stop();
            long begin = System.nanoTime();
            test.startAgain();
            awaitPolls(test.bridge(), 1);
            long took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            poll(test);

            assertThat(test.depth(errors)).isEqualTo(unreadable);
            System.out.printf(
                    "%d unreadable conversations: parked again 0; first poll after a restart %d ms%n",
                    unreadable, took);
        }
    }

    private TestBridge start() throws Exception {
        return start("poll.source", "analytics");
    }

    private TestBridge start(String name, String value) throws Exception {
        Map<String, String> settings =
                new HashMap<>(Map.of("poll.source", "analytics", "genesys.max-answer-size", "64MB"));
        settings.put(name, value);
        TestBridge test =
                TestBridge.of(TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()), folder, settings);
        test.sandbox().add(this::addUnreadable);
        return test.start();
    }

    /**
     * The unreadable ones, and behind them on the same page those of the sandbox. Where they fill pages, those alone: the
     * sandbox's come and go, and would shift the pages while they are read. Every third has no id; of each something
     * changes with every answer.
     */
    private SandboxAnswer addUnreadable(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !request.path().endsWith("/details/query")) {
            return answer;
        }
        int page = Fixtures.parse(request.body()).at("/paging/pageNumber").asInt();
        ObjectNode body = (ObjectNode) Fixtures.parse(answer.body());
        boolean alone = unreadable >= PAGE;
        int others = alone ? 0 : body.path("totalHits").asInt();
        ArrayNode conversations =
                !alone && body.path("conversations") instanceof ArrayNode some ? some : body.putArray("conversations");
        for (int i = (page - 1) * PAGE; i < Math.min(unreadable, page * PAGE); i++) {
            ObjectNode conversation = conversations.addObject();
            if (i % 3 != 0) {
                conversation.put("conversationId", Fixtures.id(0x100000 + i));
            }
            conversation
                    .put(
                            "conversationStart",
                            "2026-11-20T09:%02d:%02d.%03dZ".formatted(i / 60_000, i / 1_000 % 60, i % 1_000))
                    .put("participants", "nobody")
                    .put("changing", without.incrementAndGet());
        }
        body.put("totalHits", others + unreadable);
        return answer.with(200, body.toString());
    }

    private void awaitParked(TestBridge test, int count) throws Exception {
        awaitPolls(test.bridge(), 1);
        assertThat(test.depth(test.settings().queues().error())).isEqualTo(count);
    }

    private static void awaitPolls(Bridge bridge, long polls) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bridge.polls().figures().polls() >= polls);
    }

    private static void poll(TestBridge test) throws Exception {
        long polls = test.bridge().polls().figures().polls();
        test.poll();
        await().atMost(Duration.ofMinutes(5))
                .until(() -> test.bridge().polls().figures().polls() > polls);
    }
}
