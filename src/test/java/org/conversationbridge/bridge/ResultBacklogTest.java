// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No consumer reads the results: that is warned of, then polls stop, and what they missed comes once there is room. */
class ResultBacklogTest {
    private static final String RESULTS = "genesys.conversations.enriched";

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path folder;

    @Test
    void polls_stop_at_the_limit_and_the_gap_is_closed_after_draining() throws Exception {
        WorldSettings world = new WorldSettings(20, 12, 3, 1, Duration.ofMinutes(2), 7);
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), clock);
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBridge test = TestBridge.of(
                                sandbox,
                                folder,
                                Map.of("poll.source", "analytics", "deliver.backlog-limit", "20"),
                                clock)
                        .start()) {
            await().until(() -> test.bridge().polls().figures().polls() == 1);
            test.awaitDelivered();
            Instant from = clock.instant();
            assertThat(test.depth(RESULTS)).isEqualTo(20);

            clock.advance(Duration.ofMinutes(10));
            long spent = sandbox.apiRequests();
            test.poll();
            await().until(() ->
                    log.text().contains("poll skipped: No consumer reads the results: 20 wait on " + RESULTS));
            assertThat(log.text()).contains("results are not consumed fast enough: 20 wait on " + RESULTS);
            assertThat(sandbox.apiRequests()).isEqualTo(spent);
            HttpResponse<String> ready = ready(test);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("No consumer reads the results", "deliver.backlog-limit");

            test.results(20);
            await().until(() -> !ready(test).body().contains("No consumer reads the results"));
            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() == 2);
            test.awaitDelivered();

            Set<String> told = new HashSet<>();
            for (TextMessage message : test.results(test.depth(RESULTS))) {
                told.add(message.getStringProperty("conversationId"));
            }
            List<String> began = sandbox.world().begun(clock.instant()).stream()
                    .filter(story -> story.start().isAfter(from))
                    .map(Story::conversationId)
                    .toList();
            assertThat(began).hasSizeGreaterThan(50);
            assertThat(told).containsAll(began);
            JsonNode report =
                    TestBridge.json(test.receive("genesys.bridge.events", 1).get(0));
            assertThat(report.path("complete").asBoolean()).isTrue();
            assertThat(log.text()).contains("results are consumed again: 0 wait on " + RESULTS);
        }
    }

    private static HttpResponse<String> ready(TestBridge test) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + test.bridge().managementPort() + "/observe/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
