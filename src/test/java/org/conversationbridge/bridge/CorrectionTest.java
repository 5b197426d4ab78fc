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
import org.awaitility.Awaitility;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Work;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completions that Genesys Cloud changes later, of calls, and of e-mails that are opened again. */
class CorrectionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock();
    private final Map<String, List<JsonNode>> told = new TreeMap<>();
    private int polls = 1;

    @TempDir
    private Path folder;

    @Test
    void only_what_changed_after_its_completion_is_sent_once_more_also_after_a_restart() throws Exception {
        try (TestBridge bridge = bridge().start()) {
            collect(bridge);
            play(bridge, 11);
            bridge.stop();
            bridge.startAgain();
            polls = 1;
            collect(bridge);
            play(bridge, 14);

            Instant settled = clock.instant().minus(Duration.ofMinutes(14));
            Map<Boolean, Integer> corrected = new TreeMap<>();
            for (Story script : bridge.sandbox().world().begun(clock.instant())) {
                List<JsonNode> messages = told.getOrDefault(script.conversationId(), List.of());
                if (!messages.isEmpty() && script.end().isBefore(settled)) {
                    boolean isChanged = !script.equals(script.reprocessed());
                    compare(script, messages, isChanged);
                    corrected.merge(isChanged, 1, Integer::sum);
                }
            }
            assertThat(corrected.get(true)).isGreaterThan(5);
            assertThat(corrected.get(false)).isGreaterThan(5);
            assertThat(told.values().stream().filter(CorrectionTest::isOpenedAgain))
                    .as("opened again when it was forgotten, before its first completion was looked at")
                    .isNotEmpty();
            assertThat(told.values()).allSatisfy(CorrectionTest::isInOrder);
        }
    }

    /** What is not remembered goes on with the time as its sequence. */
    private static boolean isOpenedAgain(List<JsonNode> messages) {
        return messages.stream()
                .anyMatch(message -> message.path("eventType").asText().equals("conversation.updated")
                        && message.path("sequence").asLong() > 1_000_000_000_000L);
    }

    private static void isInOrder(List<JsonNode> messages) {
        assertThat(messages)
                .extracting(message -> message.path("sequence").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(messages)
                .extracting(message -> message.path("messageId").asText())
                .doesNotHaveDuplicates();
        assertThat(messages)
                .filteredOn(message -> message.path("eventType").asText().equals("conversation.started"))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void compare(Story script, List<JsonNode> messages, boolean isChanged) {
        List<JsonNode> corrections = messages.stream()
                .filter(message -> message.at("/completion/correction").asBoolean())
                .toList();
        assertThat(corrections).as(script.toString()).hasSize(isChanged ? 1 : 0);
        for (JsonNode correction : corrections) {
            JsonNode before = messages.get(messages.indexOf(correction) - 1);
            assertThat(MessageSchema.violations(correction)).isEmpty();
            assertThat(before.path("eventType").asText()).isEqualTo("conversation.completed");
            assertThat(correction.path("eventType").asText()).isEqualTo("conversation.completed");
            assertThat(correction.path("sequence").asLong())
                    .isGreaterThan(before.path("sequence").asLong());
            Story changed = script.reprocessed();
            Work last = changed.works().stream()
                    .filter(work -> work.to().equals(changed.end()))
                    .findFirst()
                    .orElseThrow();
            assertThat(Instant.parse(correction.path("endedAt").asText())).isEqualTo(changed.end());
            assertThat(correction.at("/completion/agents"))
                    .anySatisfy(agent -> assertThat(List.of(
                                    agent.path("wrapUpCode").asText(),
                                    agent.path("acwMs").asLong()))
                            .isEqualTo(List.of(last.wrapUpCode(), last.acwMs())));
        }
    }

    private TestBridge bridge() throws Exception {
        WorldSettings world = new WorldSettings(8, 6, 2, 1, Duration.ofMinutes(2), 7, true);
        SandboxSettings sandbox = new SandboxSettings(
                world,
                "sandbox",
                "sandbox-secret",
                Duration.ofHours(1),
                0,
                false,
                false,
                Duration.ZERO,
                Duration.ofMinutes(5));
        return TestBridge.of(
                TestBridge.sandbox(sandbox, clock),
                folder,
                Map.of(
                        "poll.source", "analytics",
                        "checkpoint.remember", "1m",
                        "completed.corrections-after", "10m"),
                clock);
    }

    private void play(TestBridge bridge, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clock.advance(MINUTE);
            bridge.poll();
            polls++;
            collect(bridge);
        }
    }

    private void collect(TestBridge bridge) throws Exception {
        int done = polls;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> bridge.bridge().polls().figures().polls() == done);
        bridge.awaitDelivered();
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                    .add(json);
        }
    }
}
