// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Script;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations from their begin to their completion, on a clock that is moved from poll to poll. */
class LifeCycleTest {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int STEPS = 60;
    private static final Duration LAG = Duration.ofSeconds(90);

    private final MovableClock clock = new MovableClock();
    private final Map<String, List<JsonNode>> told = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @Test
    void every_conversation_is_started_ended_and_completed_once_with_the_truth() throws Exception {
        WorldSettings world = new WorldSettings(20, 12, 3, 1, Duration.ofMinutes(2), 7);
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false, LAG),
                clock);
        Instant begin = sandbox.world().now();
        try (TestBridge bridge = TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock)
                .start()) {
            for (int step = 1; step <= STEPS; step++) {
                int polls = step;
                await(() -> bridge.bridge().polls().figures().polls() == polls);
                bridge.awaitDelivered();
                collect(bridge);
                if (step < STEPS) {
                    clock.advance(STEP);
                    bridge.poll();
                }
            }
            Instant settled = sandbox.world().now().minus(Duration.ofMinutes(4));
            List<Script> over = sandbox.world().begun(settled).stream()
                    .filter(script ->
                            script.end().isAfter(begin) && script.end().isBefore(settled))
                    .toList();
            assertThat(over).hasSizeGreaterThan(40);
            over.forEach(this::assertWholeLife);
            assertThat(told.values())
                    .allSatisfy(messages -> assertThat(messages)
                            .allSatisfy(message -> assertThat(MessageSchema.violations(message))
                                    .isEmpty()));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(current(bridge)).containsExactlyInAnyOrderEntriesOf(live()));
        }
    }

    private void assertWholeLife(Script script) {
        List<JsonNode> messages = told.get(script.conversationId());
        assertThat(messages)
                .extracting(message -> message.path("sequence").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, messages.size()).boxed().toList());
        List<String> types = messages.stream()
                .map(message -> message.path("eventType").asText())
                .toList();
        assertThat(types).startsWith("conversation.started").endsWith("conversation.ended", "conversation.completed");
        assertThat(types.subList(1, types.size() - 2)).allMatch("conversation.updated"::equals);
        JsonNode ended = messages.get(messages.size() - 2);
        assertThat(ended.path("state").asText()).isEqualTo("ended");
        assertThat(Instant.parse(ended.path("endedAt").asText())).isEqualTo(script.end());
        JsonNode completion = messages.get(messages.size() - 1).path("completion");
        assertThat(completion.path("final").asBoolean())
                .as(completion.toString())
                .isTrue();
        assertThat(completion.path("durationMs").asLong())
                .isEqualTo(Duration.between(script.start(), script.end()).toMillis());
        assertThat(Json.mapper().convertValue(completion.path("agents"), AgentWork[].class))
                .containsExactly(script.legs().stream()
                        .map(leg -> new AgentWork(
                                leg.agent().userId(),
                                leg.queueId().isEmpty() ? null : leg.queueId(),
                                leg.wrapUpCode(),
                                leg.talkMs(),
                                leg.heldMs(),
                                leg.afterCallWork().millis(),
                                leg.handleMs(),
                                leg.waitMs()))
                        .toArray(AgentWork[]::new));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private void collect(TestBridge bridge) throws Exception {
        for (TextMessage message : bridge.results(bridge.depth("genesys.conversations.enriched"))) {
            JsonNode json = TestBridge.json(message);
            told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                    .add(json);
        }
    }

    /** The newest message id of each conversation on the last-value queue. */
    private static Map<String, String> current(TestBridge bridge) throws JMSException {
        Map<String, String> current = new HashMap<>();
        try (Session session = bridge.connection().createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue("genesys.conversations.current"))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                JsonNode json = TestBridge.json((TextMessage) message);
                current.put(
                        json.path("conversationId").asText(),
                        json.path("messageId").asText());
            }
        }
        return current;
    }

    /** The last message id of each conversation whose end was not told. */
    private Map<String, String> live() {
        return told.entrySet().stream()
                .filter(entry -> !last(entry.getValue()).path("state").asText().equals("ended"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> last(entry.getValue()).path("messageId").asText()));
    }

    private static JsonNode last(List<JsonNode> messages) {
        return messages.get(messages.size() - 1);
    }
}
