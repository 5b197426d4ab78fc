// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What conversations cost that have been open for days: requests per minute at the default cron, four polls a minute.
 */
class LongLivedTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final int POLLS_PER_MINUTE = 4;

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger byId = new AtomicInteger();
    private int polls;

    @TempDir
    private Path folder;

    @Test
    void an_email_of_three_days_is_sent_at_a_first_start() throws Exception {
        try (TestBridge test = bridge(1, Duration.ofDays(3), Map.of())) {
            assertThat(TestBridge.json(test.results(1).get(0)).path("eventType").asText())
                    .isEqualTo("conversation.started");
        }
    }

    @Test
    void five_and_five_hundred_that_have_been_open_for_three_days_cost_their_pages() throws Exception {
        double five;
        try (TestBridge test = bridge(5, Duration.ofDays(3), Map.of())) {
            five = perMinute(test, "5 open for three days", Duration.ofMinutes(2));
            assertThat(byId).hasValue(0);
        }
        try (TestBridge test = bridge(500, Duration.ofDays(3), Map.of())) {
            double fiveHundred = perMinute(test, "500 open for three days", Duration.ofMinutes(2));

            assertThat(byId).hasValue(0);
            assertThat(five).isEqualTo(POLLS_PER_MINUTE);
            assertThat(fiveHundred)
                    .as("five pages of a hundred, perhaps an empty one")
                    .isBetween(20.0, 24.0);
        }
    }

    @Test
    void a_server_that_takes_a_week_costs_five_intervals_a_poll() throws Exception {
        try (TestBridge test = bridge(5, Duration.ofDays(20), Map.of("history.max-interval", "7d"))) {
            double perMinute = perMinute(test, "5 open for twenty days, intervals of a week", Duration.ofMinutes(2));

            assertThat(byId).hasValue(0);
            assertThat(perMinute).isEqualTo(5 * POLLS_PER_MINUTE);
        }
    }

    @Test
    @Tag("soak")
    void five_hundred_that_are_older_than_the_look_back_cost_a_few_requests_by_id() throws Exception {
        try (TestBridge test = bridge(500, Duration.ofHours(20), Map.of("poll.lookback", "1d"))) {
            clock.advance(Duration.ofHours(29));
            perMinute(test, "500 that have left the look-back, their first ten minutes", Duration.ofMinutes(10));
            perMinute(test, "500 that have left the look-back, the next ten minutes", Duration.ofMinutes(10));

            assertThat(byId.get() / 10.0).isBetween(1.0, 3.0);
            assertThat(lists).hasValue(10 * POLLS_PER_MINUTE);
        }
    }

    /** Starts with so many open conversations and takes the first poll, which reports all of them. */
    private TestBridge bridge(int count, Duration age, Map<String, String> settings) throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), clock);
        OpenConversations open = new OpenConversations(IntStream.range(0, count)
                .mapToObj(i -> conversation(i, clock.instant().minus(age)))
                .toList());
        sandbox.add(open);
        sandbox.observe((request, answer) -> count(request));
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("poll.source", "analytics");
        TestBridge test = TestBridge.of(sandbox, folder.resolve("data-" + count), all, clock);
        polls = 1;
        test.start();
        awaitPoll(test);
        return test;
    }

    private void count(SandboxRequest request) {
        if (request.path().endsWith("/details/query") && request.body().contains("notExists")) {
            lists.incrementAndGet();
        } else if (request.path().endsWith("/conversations/details")) {
            byId.incrementAndGet();
        }
    }

    private double perMinute(TestBridge test, String what, Duration length) throws Exception {
        lists.set(0);
        byId.set(0);
        for (Instant end = clock.instant().plus(length); clock.instant().isBefore(end); ) {
            clock.advance(POLL);
            polls++;
            test.poll();
            awaitPoll(test);
        }
        double minutes = length.toMinutes();
        double perMinute = (lists.get() + byId.get()) / minutes;
        System.out.println(what + ": requests per minute=" + perMinute + " of-these-by-id=" + byId.get() / minutes);
        return perMinute;
    }

    private void awaitPoll(TestBridge test) {
        int done = polls;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> test.bridge().polls().figures().polls() >= done);
        test.awaitDelivered();
    }

    private static ObjectNode conversation(int number, Instant start) {
        return (ObjectNode) Fixtures.quoted("""
                {'conversationId':'c%1$07d-0000-4000-8000-000000000000','conversationStart':'%2$s','participants':[
                {'participantId':'p','purpose':'customer','sessions':[{'mediaType':'email','direction':'inbound',
                'segments':[{'segmentType':'interact','segmentStart':'%2$s'}]}]},
                {'participantId':'q','purpose':'acd','sessions':[{'mediaType':'email','direction':'inbound',
                'segments':[{'segmentType':'interact','segmentStart':'%2$s','queueId':'%3$s'}]}]}]}
                """.formatted(number, start, Fixtures.QUEUE_CLAIMS));
    }
}
