// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.RedirectsHistories;
import org.conversationbridge.sandbox.fault.RefusesHistories;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages that were sent without the history, while a share of the questions about it fails. The number of
 * conversations is {@code -Dhistories.conversations}, 100 by default; there is an agent for five of them.
 */
class CompletedHistoriesTest {
    private static final int CONVERSATIONS = Integer.getInteger("histories.conversations", 100);
    private static final int POLLS = 12;
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();
    private final Map<String, List<JsonNode>> told = new TreeMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger spoilt = new AtomicInteger();
    private Instant end = clock.instant();
    private int faultyPolls = POLLS;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void are_completed_within_a_minute_while_one_question_in_ten_fails(int status, TestReporter reporter)
            throws Exception {
        play(List.of(new RedirectsHistories(5, 7), new RefusesHistories(5, status, 8)), true, reporter);

        assertThat(bareAfterAMinute()).isEmpty();
        assertThat(told.values()).allSatisfy(CompletedHistoriesTest::areInOrder);
    }

    @Test
    void where_the_permission_is_missing_there_is_one_message_of_each_change(TestReporter reporter) throws Exception {
        play(List.of(new RefusesHistories(100, 403, 7)), true, reporter);

        assertThat(told.values().stream().flatMap(List::stream))
                .noneMatch(message -> historyOf(message).equals("complete"));
        assertThat(told.values().stream()
                        .mapToLong(CompletedHistoriesTest::toldTwice)
                        .sum())
                .as("changes that were told twice")
                .isZero();
        int batches = CONVERSATIONS < 1_000 ? (CONVERSATIONS / 5 + 4) / 5 : CONVERSATIONS / 100;
        assertThat(questions.get())
                .as("questions in three minutes: of each batch one per history.retry-after, and the first ones")
                .isLessThan(batches * 16);
    }

    @Test
    void are_completed_once_when_the_failure_is_over(TestReporter reporter) throws Exception {
        faultyPolls = 3;
        play(List.of(new RefusesHistories(100, 503, 7)), true, reporter);

        assertThat(told.values())
                .anySatisfy(messages -> assertThat(historyOf(messages.get(0))).isEqualTo("unavailable"))
                .allSatisfy(messages ->
                        assertThat(historyOf(messages.get(messages.size() - 1))).isNotEqualTo("unavailable"))
                .allSatisfy(messages -> assertThat(toldTwice(messages))
                        .isLessThanOrEqualTo(messages.stream()
                                .filter(message -> historyOf(message).equals("unavailable"))
                                .count()))
                .allSatisfy(CompletedHistoriesTest::areInOrder);
    }

    @Test
    void are_left_as_they_are_where_the_setting_says_so() throws Exception {
        TestReporter silent = values -> {};
        play(List.of(new RedirectsHistories(50, 7)), false, silent);

        assertThat(bareAfterAMinute()).isNotEmpty();
    }

    private void play(List<Fault> faults, boolean completeLater, TestReporter reporter) throws Exception {
        WorldSettings world =
                new WorldSettings(CONVERSATIONS, CONVERSATIONS / 5, 4, 2, Duration.ofMinutes(40), 7, false);
        SandboxSettings settings = new SandboxSettings(
                world,
                "sandbox",
                "sandbox-secret",
                Duration.ofHours(1),
                0,
                false,
                false,
                Duration.ZERO,
                Duration.ofMinutes(5));
        Sandbox sandbox = TestBridge.sandbox(settings, clock);
        sandbox.observe((request, answer) -> {
            if (request.path().endsWith("/details/query") && request.body().contains("\"userId\"")) {
                questions.incrementAndGet();
                if (answer.status() != 200) {
                    spoilt.incrementAndGet();
                }
            }
        });
        faults.forEach(sandbox::add);
        try (TestBridge bridge =
                TestBridge.of(sandbox, folder, settings(completeLater), clock).start()) {
            collect(bridge, 1);
            for (int polls = 2; polls <= POLLS; polls++) {
                if (polls > faultyPolls) {
                    sandbox.removeFaults();
                }
                clock.advance(PERIOD);
                bridge.poll();
                collect(bridge, polls);
            }
            end = clock.instant();
            reporter.publishEntry("histories", figures(faults.size()));
            System.out.println(figures(faults.size()));
        }
    }

    /** A small centre asks in small batches, so that there are questions enough to fail. */
    private static Map<String, String> settings(boolean completeLater) {
        Map<String, String> settings = new TreeMap<>(
                Map.of("poll.source", "analytics", "history.complete-later", Boolean.toString(completeLater)));
        if (CONVERSATIONS < 1_000) {
            settings.putAll(Map.of("history.agents-per-query", "5", "page.size", "20"));
        }
        return settings;
    }

    private String figures(int faults) {
        long messages = told.values().stream().mapToLong(List::size).sum();
        long bare = told.values().stream()
                .flatMap(List::stream)
                .filter(message -> historyOf(message).equals("unavailable"))
                .count();
        return "histories faults=" + faults + " conversations=" + told.size() + " messages=" + messages
                + " sent-without=" + bare + " questions=" + questions.get() + " spoilt=" + spoilt.get()
                + " bare-after-a-minute=" + bareAfterAMinute().size();
    }

    /**
     * Live conversations whose newest message is still without the history a minute after their first one. A change
     * that is younger than a poll is not still, but just now without it.
     */
    private List<String> bareAfterAMinute() {
        List<String> bare = new ArrayList<>();
        told.forEach((id, messages) -> {
            Instant by = observedAt(messages.get(0)).plus(PATIENCE);
            JsonNode newest = messages.stream()
                    .filter(message -> !observedAt(message).isAfter(by))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            boolean isOver = newest.path("state").asText().equals("ended");
            boolean isYoung = observedAt(newest).isAfter(by.minus(PERIOD));
            if (!by.isAfter(end) && !isOver && !isYoung && historyOf(newest).equals("unavailable")) {
                bare.add(id);
            }
        });
        return bare;
    }

    private static long toldTwice(List<JsonNode> messages) {
        return IntStream.range(1, messages.size())
                .filter(i -> whatChanges(messages.get(i)).equals(whatChanges(messages.get(i - 1))))
                .count();
    }

    private static String whatChanges(JsonNode message) {
        return message.path("state").asText()
                + message.at("/agent/userId").asText()
                + message.at("/queue/id").asText()
                + message.path("eventType").asText().equals("conversation.completed");
    }

    private static void areInOrder(List<JsonNode> messages) {
        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(MessageSchema.violations(message)).isEmpty());
        assertThat(messages)
                .extracting(message -> message.path("sequence").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(messages)
                .extracting(message -> message.path("messageId").asText())
                .doesNotHaveDuplicates();
    }

    private static String historyOf(JsonNode message) {
        return message.at("/history/status").asText();
    }

    private static Instant observedAt(JsonNode message) {
        return Instant.parse(message.path("observedAt").asText());
    }

    private void collect(TestBridge bridge, int polls) throws Exception {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> bridge.bridge().polls().figures().polls() == polls);
        bridge.awaitDelivered();
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                    .add(json);
        }
    }
}
