// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerQuestions;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker is asked about its queues grows with pages and seconds, not with messages. */
class QueueQuestionsTest {
    private static final int LIVE = 120;
    private static final WorldSettings WORLD = new WorldSettings(LIVE, 20, 3, 1, Duration.ofMinutes(10), 42);

    @TempDir
    private Path dataDir;

    @Test
    void a_message_costs_no_question_about_its_queue() throws Exception {
        BrokerQuestions.forget();
        long begin = System.nanoTime();
        Map<String, String> settings = Map.of("poll.source", "analytics", "page.size", "40", "page.partitions", "1");
        SandboxSettings centre =
                new SandboxSettings(WORLD, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false);
        try (TestBridge test = TestBridge.of(
                        TestBridge.sandbox(centre, Clock.systemUTC()), dataDir, settings, Clock.systemUTC())
                .connectedWith("outgoingInterceptorList=" + BrokerQuestions.class.getName())) {
            test.start();
            String results = test.settings().queues().enriched();
            assertThat(test.results(LIVE)).hasSize(LIVE);
            test.awaitDelivered();

            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            int sent = 0;
            int questions = 0;
            int commits = 0;
            int threads = 0;
            for (BrokerQuestions.Count each : BrokerQuestions.counts()) {
                if (each.sentTo(results) > 1) {
                    sent += each.sentTo(results);
                    questions += each.questions().get();
                    commits += each.commits().get();
                    threads++;
                }
            }
            assertThat(sent).isGreaterThanOrEqualTo(LIVE);
            assertThat(commits).isLessThan(LIVE / 4);
            // Of results and current queue: one before each commit, and four in a second in which they are used. And a
            // consumer that waits asks whether the broker knows it.
            assertThat((long) questions)
                    .as("questions about queues, %s results in %s commits and %s s", sent, commits, seconds)
                    .isLessThanOrEqualTo(2L * commits + (8 + threads) * (seconds + 1));
        }
    }
}
