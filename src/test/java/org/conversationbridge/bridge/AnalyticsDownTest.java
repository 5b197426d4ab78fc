// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.route.enrichment.HistoryBreaker;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listing answers, analytics does not: conversations go out without history until it is back. */
class AnalyticsDownTest {
    private static final SandboxSettings LISTING =
            new SandboxSettings(WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofDays(1), 0, true, false);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(31);

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger queries = new AtomicInteger();

    @TempDir
    private Path dataDir;

    @Test
    void it_is_left_alone_after_some_failures_and_asked_again_by_itself() throws Exception {
        Map<String, String> settings = Map.of("genesys.retries", "0", "history.cache-ttl", "1s");
        try (LogCapture log = LogCapture.of(HistoryBreaker.class);
                TestBridge test = TestBridge.of(TestBridge.sandbox(LISTING, clock), dataDir, settings, clock)) {
            test.sandbox().add((request, normal) -> {
                if (request.path().endsWith("/details/query")) {
                    queries.incrementAndGet();
                    return SandboxAnswer.json(503, "{}");
                }
                return normal.get();
            });
            test.start();
            assertThat(statuses(next(test, 1))).contains("unavailable").doesNotContain("complete");
            int polls = 1;
            while (!log.text().contains("OPEN") && polls < 10) {
                clock.advance(RETRY_AFTER);
                test.poll();
                next(test, ++polls);
            }
            assertThat(log.text()).contains("history circuit breaker OPEN");
            int asked = queries.get();

            clock.advance(Duration.ofSeconds(20));
            test.poll();
            assertThat(statuses(next(test, ++polls))).contains("unavailable").doesNotContain("complete");
            assertThat(queries).hasValue(asked);

            test.sandbox().removeFaults();
            clock.advance(RETRY_AFTER);
            test.poll();

            assertThat(statuses(next(test, ++polls))).contains("complete").doesNotContain("unavailable");
            assertThat(log.text()).contains("history circuit breaker CLOSED");
            assertThat(test.depth(test.settings().queues().error())).isZero();
        }
    }

    private static List<TextMessage> next(TestBridge test, int poll) throws Exception {
        await().until(() -> test.bridge().polls().figures().polls() == poll);
        await().until(() -> {
            PollFigures figures = test.bridge().polls().figures();
            return figures.delivered() == figures.changed()
                    && test.depth(test.settings().queues().pages()) == 0;
        });
        return test.delivered();
    }

    private static List<String> statuses(List<TextMessage> messages) {
        return messages.stream()
                .map(TestBridge::json)
                .map(message -> message.at("/history/status"))
                .map(JsonNode::asText)
                .toList();
    }
}
