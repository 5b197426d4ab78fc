// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox says is true, derived from its scripts, is what the connector reads from its answers. */
class TruthTest {
    private static final Duration STEP = Duration.ofSeconds(3);
    private static final int STEPS = 20;

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path folder;

    @Test
    void the_last_message_of_every_live_conversation_equals_the_truth_at_each_step() throws Exception {
        WorldSettings world = new WorldSettings(40, 12, 3, 1, Duration.ofMinutes(1), 7);
        SandboxSettings settings =
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false);
        Sandbox sandbox = TestBridge.sandbox(settings, clock);
        Truth truth = new Truth(sandbox.world());
        Map<String, Truth.Standing> told = new HashMap<>();
        Map<String, Integer> states = new HashMap<>();
        try (TestBridge bridge = TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock)
                .start()) {
            for (int step = 1; step <= STEPS; step++) {
                Instant at = sandbox.world().now();
                int polls = step;
                Awaitility.await().until(() -> bridge.bridge().polls().figures().polls() == polls);
                long changed = bridge.bridge().polls().figures().changed();
                Awaitility.await().until(() -> bridge.bridge().polls().figures().delivered() == changed);
                for (TextMessage message : bridge.delivered()) {
                    JsonNode json = TestBridge.json(message);
                    told.put(json.path("conversationId").asText(), standing(json));
                }
                Map<String, Truth.Standing> standings = truth.standings(at);

                assertThat(standings).hasSize(40);
                assertThat(told).containsAllEntriesOf(standings);
                standings.values().forEach(standing -> states.merge(standing.state(), 1, Integer::sum));
                clock.advance(STEP);
                bridge.poll();
            }
        }
        assertThat(states).containsOnlyKeys("scheduled", "queued", "alerting", "connected", "held", "wrapup");
    }

    /** Where a message says that its conversation stands. */
    static Truth.Standing standing(JsonNode message) {
        return new Truth.Standing(
                message.path("state").asText(),
                message.path("agent").path("userId").asText(),
                message.path("queue").path("id").asText());
    }
}
