// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.builder.AdviceWith;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page is on its queue and is treated as announced, both or neither, over the life of processes. */
class CheckpointTransactionTest {
    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @Test
    void a_restart_announces_nothing_anew_and_sequences_go_on() throws Exception {
        Map<String, Integer> before;
        try (TestBridge test = bridge().start()) {
            before = sequences(next(test, 1));
            assertThat(before).hasSize(12);
        }
        try (TestBridge test = bridge().start()) {
            assertThat(next(test, 1)).isEmpty();

            clock.advance(Duration.ofSeconds(20));
            test.poll();

            assertFollow(before, sequences(next(test, 2)));
        }
    }

    @Test
    void a_page_whose_checkpoint_fails_is_not_sent_and_the_next_poll_announces_it() throws Exception {
        try (TestBridge test = bridge().start()) {
            Map<String, Integer> before = sequences(next(test, 1));
            AtomicInteger failures = new AtomicInteger();
            beforeStep(test, "write-checkpoint", "send-entry", () -> {
                if (failures.incrementAndGet() == 2) {
                    throw new JMSException("the broker refuses this one");
                }
            });
            clock.advance(Duration.ofSeconds(20));

            test.poll();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);
            assertThat(test.bridge().polls().lastFailure()).hasValue("BROKER_UNAVAILABLE");
            test.poll();

            assertFollow(before, sequences(next(test, 2)));
        }
    }

    @ParameterizedTest
    @CsvSource({"conclude-poll, send-conclusion-to-write-checkpoint", "take-over, send-take-over-to-write-checkpoint"})
    void a_poll_whose_other_entries_fail_is_logged_as_failed_and_the_next_recovers(String route, String step)
            throws Exception {
        try (TestBridge test = bridge().start()) {
            sequences(next(test, 1));
            if (route.equals("take-over")) {
                test.rewriteCheckpoint();
            }
            AtomicInteger failures = new AtomicInteger();
            beforeStep(test, route, step, () -> {
                if (failures.incrementAndGet() == 1) {
                    throw new JMSException("the broker refuses this one");
                }
            });
            clock.advance(Duration.ofSeconds(20));

            test.poll();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);
            assertThat(test.bridge().polls().lastFailure()).isPresent();
            clock.advance(Duration.ofSeconds(20));
            test.poll();

            await().until(() -> test.bridge().polls().figures().polls() == 2);
        }
    }

    @Test
    void who_was_away_while_another_process_polled_is_refused_and_then_goes_on() throws Exception {
        try (TestBridge test = bridge().start()) {
            Map<String, Integer> before = sequences(next(test, 1));
            AtomicInteger pages = new AtomicInteger();
            beforeStep(test, "announce-page", "send-page", () -> {
                if (pages.incrementAndGet() == 1) {
                    test.rewriteCheckpoint();
                }
            });
            clock.advance(Duration.ofSeconds(20));

            test.poll();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);
            assertThat(test.bridge().polls().lastFailure()).hasValue("CHECKPOINT_OVERTAKEN");
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
            test.poll();

            assertFollow(before, sequences(next(test, 2)));
        }
    }

    private static void assertFollow(Map<String, Integer> before, Map<String, Integer> after) {
        assertThat(after).isNotEmpty();
        after.forEach((id, sequence) -> assertThat(sequence).as(id).isEqualTo(before.getOrDefault(id, 0) + 1));
    }

    private static void beforeStep(TestBridge test, String route, String step, Step what) throws Exception {
        AdviceWith.adviceWith(
                test.bridge().context(),
                route,
                advised -> advised.weaveById(step).before().process(exchange -> what.run()));
    }

    private interface Step {
        void run() throws Exception;
    }

    private TestBridge bridge() throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        return TestBridge.of(TestBridge.sandbox(defaults, clock), dataDir, Map.of("poll.source", "analytics"), clock);
    }

    private static List<TextMessage> next(TestBridge test, int poll) throws Exception {
        await().until(() -> test.bridge().polls().figures().polls() == poll);
        await().until(() -> test.bridge().polls().figures().delivered()
                == test.bridge().polls().figures().changed());
        test.awaitDelivered();
        return test.delivered();
    }

    private static Map<String, Integer> sequences(List<TextMessage> messages) {
        return messages.stream()
                .map(TestBridge::json)
                .collect(Collectors.toMap(
                        message -> message.path("conversationId").asText(),
                        message -> message.path("sequence").asInt()));
    }
}
