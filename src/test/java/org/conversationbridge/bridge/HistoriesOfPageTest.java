// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is in work for longer than the cache keeps a history. */
class HistoriesOfPageTest {
    private static final SandboxSettings LISTING =
            new SandboxSettings(WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofDays(1), 0, true, false);

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger queries = new AtomicInteger();

    @TempDir
    private Path dataDir;

    @Test
    void each_conversation_has_what_was_found_for_its_page_if_the_cache_forgets_at_once() throws Exception {
        Map<String, String> settings = Map.of("history.cache-ttl", "1s", "page.partitions", "1");
        try (TestBridge test = TestBridge.of(TestBridge.sandbox(LISTING, clock), dataDir, settings, clock)) {
            test.sandbox().add((request, normal) -> {
                if (request.path().endsWith("/details/query")) {
                    queries.incrementAndGet();
                    clock.advance(Duration.ofMinutes(1));
                }
                return normal.get();
            });
            test.start();

            assertThat(test.results(12))
                    .extracting(message ->
                            TestBridge.json(message).at("/history/status").asText())
                    .contains("complete")
                    .doesNotContain("unavailable", "partial");
            assertThat(queries).as("queries for the page of all").hasValue(1);
        }
    }
}
