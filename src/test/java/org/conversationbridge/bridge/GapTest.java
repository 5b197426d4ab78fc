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
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody looks for ten minutes, in which conversations begin and end. */
class GapTest {
    private static final Duration OUTAGE = Duration.ofMinutes(10);

    private final MovableClock clock = new MovableClock();
    private final Map<String, List<String>> told = new TreeMap<>();
    private Sandbox sandbox;

    @TempDir
    private Path folder;

    @BeforeEach
    void openCentre() throws Exception {
        WorldSettings world = new WorldSettings(20, 12, 3, 1, Duration.ofMinutes(2), 7);
        sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), clock);
    }

    @Test
    void what_began_or_ended_meanwhile_gets_its_messages_and_a_report() throws Exception {
        try (TestBridge bridge = bridge(Map.of("page.size", "7"))) {
            Instant from = clock.instant();
            awaitPolls(bridge, 1);
            collect(bridge);
            List<String> askedById = new CopyOnWriteArrayList<>();
            sandbox.observe((request, answer) -> {
                if (request.path().endsWith("/conversations/details")) {
                    askedById.add(request.path());
                }
            });
            clock.advance(OUTAGE);
            Instant to = clock.instant();
            bridge.poll();
            awaitPolls(bridge, 2);

            JsonNode report =
                    TestBridge.json(bridge.receive("genesys.bridge.events", 1).get(0));
            collect(bridge);

            List<Story> all = sandbox.world().begun(to);
            List<Story> began =
                    all.stream().filter(script -> script.start().isAfter(from)).toList();
            List<Story> ended = all.stream()
                    .filter(script ->
                            script.end().isAfter(from) && !script.end().isAfter(to))
                    .toList();
            assertThat(began).hasSizeGreaterThan(50);
            for (Story script : began) {
                assertThat(told.get(script.conversationId()))
                        .as(script.toString())
                        .isEqualTo(
                                ended.contains(script)
                                        ? List.of("1 started reconciled", "2 ended reconciled")
                                        : List.of("1 started reconciled"));
            }
            for (Story script : ended) {
                assertThat(told.get(script.conversationId())).endsWith("2 ended reconciled");
            }
            assertThat(Instant.parse(report.path("from").asText())).isEqualTo(from);
            assertThat(Instant.parse(report.path("to").asText())).isEqualTo(to);
            assertThat(report.path("found").asLong())
                    .isEqualTo(all.stream()
                            .filter(script -> began.contains(script) || ended.contains(script))
                            .count());
            assertThat(report.path("sent").asInt()).isEqualTo(began.size() + ended.size());
            assertThat(report.path("complete").asBoolean()).isTrue();
            assertThat(askedById).as("the answers about the gap told of those").isEmpty();

            clock.advance(Duration.ofSeconds(15));
            bridge.poll();
            awaitPolls(bridge, 3);
            assertThat(bridge.depth("genesys.bridge.events")).isZero();
        }
    }

    @Test
    void a_final_refusal_is_in_the_report_and_polls_continue() throws Exception {
        try (TestBridge bridge = bridge(Map.of())) {
            awaitPolls(bridge, 1);
            clock.advance(OUTAGE);
            sandbox.add((request, normal) ->
                    request.body().contains("\"exists\"") && !request.body().contains("userId")
                            ? new LacksPermission(1).answer(request, normal)
                            : normal.get());
            bridge.poll();
            awaitPolls(bridge, 2);

            JsonNode report =
                    TestBridge.json(bridge.receive("genesys.bridge.events", 1).get(0));

            assertThat(report.path("complete").asBoolean()).isFalse();
            assertThat(report.path("reason").asText()).startsWith("GENESYS_ACCESS_DENIED");
        }
    }

    private TestBridge bridge(Map<String, String> settings) throws Exception {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("poll.source", "analytics");
        return TestBridge.of(sandbox, folder, all, clock).start();
    }

    private static void awaitPolls(TestBridge bridge, int polls) {
        await(() -> bridge.bridge().polls().figures().polls() == polls);
        bridge.awaitDelivered();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private void collect(TestBridge bridge) throws Exception {
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                    .add(json.path("sequence").asText() + " "
                            + json.path("eventType").asText().replace("conversation.", "") + " "
                            + json.path("observed").asText());
        }
    }
}
