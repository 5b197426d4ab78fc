// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Span;
import org.conversationbridge.sandbox.world.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that start, are queued, answered, held, transferred and ended while the connector polls. */
class BridgeLifeTest {
    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @ParameterizedTest
    @ValueSource(strings = {"conversations", "analytics"})
    void each_change_is_sent_once_in_order_with_the_truth_at_its_time(String source) throws Exception {
        try (TestBridge test = bridge(Map.of("poll.source", source), true, false)) {
            test.start();
            List<JsonNode> messages = new ArrayList<>(next(test, 1));
            for (int poll = 2; poll <= 20; poll++) {
                clock.advance(Duration.ofSeconds(7));
                test.poll();
                messages.addAll(next(test, poll));
            }

            assertSequencesGrowByOne(messages);
            Truth truth = new Truth(test.sandbox().world());
            assertThat(messages).hasSizeGreaterThan(40).allSatisfy(message -> {
                assertThat(MessageSchema.violations(message)).isEmpty();
                java.time.Instant observed =
                        java.time.Instant.parse(message.path("observedAt").asText());
                assertThat(truth.agents(message.path("conversationId").asText(), new Span(observed, observed)))
                        .contains(message.path("agent").path("userId").asText(""));
            });
            assertThat(messages)
                    .extracting(message -> message.path("state").asText())
                    .contains("queued", "alerting", "connected", "held", "wrapup", "ended");
        }
    }

    @Test
    void what_has_not_changed_is_not_sent_again() throws Exception {
        try (TestBridge test = bridge(Map.of(), false, false)) {
            test.start();
            next(test, 1);

            test.poll();

            assertThat(next(test, 2)).isEmpty();
        }
    }

    @Test
    void the_tutorial_dialect_ends_in_the_same_message() throws Exception {
        try (TestBridge test = bridge(Map.of("genesys.dialect", "tutorial", "genesys.org-id", "org-7"), true, true)) {
            List<String> organizations = new ArrayList<>();
            test.sandbox().observe((request, answer) -> {
                if (request.isForApi()) {
                    organizations.add(
                            request.header("X-Genesys-Organization-ID").orElse("none"));
                }
            });
            test.start();

            List<JsonNode> messages = next(test, 1);

            assertThat(organizations).isNotEmpty().containsOnly("org-7");
            assertThat(messages).isNotEmpty().allSatisfy(message -> {
                assertThat(MessageSchema.violations(message)).isEmpty();
                assertThat(message.path("mediaType").asText()).isEqualTo("voice");
                assertThat(message.path("direction").asText()).isIn("inbound", "outbound");
            });
            assertThat(messages)
                    .filteredOn(message -> message.path("agent").isObject())
                    .isNotEmpty()
                    .allSatisfy(message -> {
                        assertThat(message.at("/history/status").asText()).isEqualTo("complete");
                        assertThat(message.at("/queue/id").asText()).isNotEmpty();
                    })
                    .anySatisfy(message -> assertThat(
                                    message.at("/history/recent/0/wrapUpCode").asText())
                            .isNotEmpty());
        }
    }

    private static void assertSequencesGrowByOne(List<JsonNode> messages) {
        Map<String, Long> last = new HashMap<>();
        for (JsonNode message : messages) {
            String id = message.path("conversationId").asText();
            long sequence = message.path("sequence").asLong();
            assertThat(sequence).as(id).isEqualTo(last.getOrDefault(id, 0L) + 1);
            assertThat(message.path("eventType").asText())
                    .isIn(
                            sequence == 1
                                    ? List.of("conversation.started")
                                    : List.of("conversation.updated", "conversation.ended", "conversation.completed"));
            last.put(id, sequence);
        }
    }

    /** Waits for a poll and takes what it changed. */
    private static List<JsonNode> next(TestBridge test, int poll) throws Exception {
        await().until(() -> test.bridge().polls().figures().polls() == poll);
        test.awaitDelivered();
        List<TextMessage> results = test.delivered();
        return results.stream().map(TestBridge::json).toList();
    }

    private TestBridge bridge(Map<String, String> settings, boolean userContext, boolean tutorial) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        SandboxSettings sandbox = new SandboxSettings(
                defaults.world(),
                defaults.clientId(),
                defaults.clientSecret(),
                defaults.tokenLife(),
                0,
                userContext,
                tutorial);
        return TestBridge.of(TestBridge.sandbox(sandbox, clock), dataDir, settings, clock);
    }
}
