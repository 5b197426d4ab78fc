// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that polls continue, poll after poll, are the truth as of the time that they state. */
class ContinuedHistoriesTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final int POLLS = 20;

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger historyQueries = new AtomicInteger();
    private final List<String> differences = new ArrayList<>();
    /** The truth has no durations of calls that rang unanswered or were consultations. */
    private boolean comparesDurations = true;

    private int compared;

    @TempDir
    private Path folder;

    @Test
    void every_history_is_the_truth_and_no_agent_is_queried_twice() throws Exception {
        play(new WorldSettings(60, 12, 3, 3, Duration.ofMinutes(3), 7), Map.of());

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(200);
        assertThat(historyQueries.get()).as("one of each agent, twelve at most").isLessThanOrEqualTo(12);
    }

    @Test
    @Tag("soak")
    void also_where_calls_ring_unanswered_or_are_consultations_and_pages_are_small() throws Exception {
        comparesDurations = false;
        play(
                new WorldSettings(60, 12, 3, 3, Duration.ofMinutes(3), 8, true),
                Map.of("poll.page-size", "5", "poll.media-types", "voice,chat,callback"));

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(100);
    }

    private void play(WorldSettings world, Map<String, String> settings) throws Exception {
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), clock);
        sandbox.observe((request, answer) -> {
            if (request.body().contains("\"userId\"")) {
                historyQueries.incrementAndGet();
            }
        });
        Truth truth = new Truth(sandbox.world());
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("poll.source", "analytics");
        all.put("history.limit", "100");
        try (TestBridge test = TestBridge.of(sandbox, folder, all, clock).start()) {
            for (int poll = 1; poll <= POLLS; poll++) {
                int done = poll;
                await().until(() -> test.bridge().polls().figures().polls() >= done);
                for (TextMessage message : test.delivered()) {
                    compare(TestBridge.json(message), truth);
                }
                clock.advance(POLL);
                if (poll < POLLS) {
                    test.poll();
                }
            }
        }
    }

    private void compare(JsonNode message, Truth truth) {
        String agent = message.path("agent").path("userId").asText("");
        JsonNode history = message.path("history");
        if (agent.isEmpty() || history.path("asOf").asText("").isEmpty()) {
            return;
        }
        compared++;
        String id = message.path("conversationId").asText();
        Instant asOf = Instant.parse(history.path("asOf").asText());
        List<String> told = new ArrayList<>();
        history.path("recent")
                .forEach(recent -> told.add(part(
                        recent.path("conversationId").asText(),
                        recent.path("wrapUpCode").asText(""),
                        recent.path("talkMs").asLong(),
                        recent.path("heldMs").asLong(),
                        recent.path("handleMs").asLong())));
        List<String> expected = truth.finished(agent, asOf, WINDOW).stream()
                .filter(finished -> !finished.conversationId().equals(id))
                .map(finished -> part(
                        finished.conversationId(),
                        finished.wrapUpCode(),
                        finished.talkMs(),
                        finished.heldMs(),
                        finished.handleMs()))
                .toList();
        if (!told.equals(expected) || history.path("conversationCount").asInt() != expected.size()) {
            differences.add(history.path("status").asText() + " asOf " + asOf + " of " + agent + ": " + told
                    + " instead of " + expected);
        }
    }

    private String part(String id, String wrapUpCode, long talkMs, long heldMs, long handleMs) {
        String part = id + " " + wrapUpCode;
        return comparesDurations ? part + " " + talkMs + " " + heldMs + " " + handleMs : part;
    }
}
