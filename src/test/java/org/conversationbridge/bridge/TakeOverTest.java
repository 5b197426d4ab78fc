// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.judge.Doubles;
import org.conversationbridge.judge.Told;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with notifications on one broker. The one that stands by announces nothing old when it takes over. */
class TakeOverTest {
    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @Test
    void who_takes_over_announces_what_happens_and_nothing_that_was_announced_before() throws Exception {
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, true, false),
                clock);
        try (TestBridge test = TestBridge.of(sandbox, dataDir, settings(sandbox), clock)) {
            test.start();
            await().until(() -> sandbox.sockets().openSockets() == 1
                    && test.bridge().polls().figures().polls() == 1);
            try (Bridge standby = test.startAnother()) {
                await().until(() -> sandbox.sockets().openSockets() == 2);
                List<JsonNode> messages = new ArrayList<>(lifeOfAFewMinutes(test));
                assertThat(messages)
                        .extracting(message -> message.path("state").asText())
                        .contains("held", "ended");
                assertThat(standby.polls().figures().notifications()).isGreaterThan(100);
                assertThat(standby.polls().figures().polls()).isZero();

                test.stop();
                await().until(() -> sandbox.sockets().openSockets() == 1);
                clock.advance(Duration.ofSeconds(6));
                sandbox.sockets().beat();
                await().until(() -> standby.polls().figures().polls() == 1);
                awaitTruth(test, sandbox, messages);
                messages.addAll(happens(test, 40));

                awaitTruth(test, sandbox, messages);
                assertThat(Doubles.against(sandbox.world())
                                .among(messages.stream().map(Told::of).toList()))
                        .isEmpty();
                assertThat(standby.polls().figures().polls()).isEqualTo(1);
            }
        }
    }

    /** The clock stands still: the last message of each live conversation comes to say what is so. */
    private void awaitTruth(TestBridge test, Sandbox sandbox, List<JsonNode> messages) {
        await().untilAsserted(() -> {
            messages.addAll(happens(test, 0));
            assertThat(told(messages)).isEqualTo(new Truth(sandbox.world()).standings(clock.instant()));
        });
    }

    private static Map<String, Truth.Standing> told(List<JsonNode> messages) {
        Map<String, Truth.Standing> told = new HashMap<>();
        messages.forEach(message -> told.put(message.path("conversationId").asText(), TruthTest.standing(message)));
        told.values().removeIf(standing -> standing.state().equals("ended"));
        return told;
    }

    /** Much is reported, and what ended at first is forgotten at the end. */
    private List<JsonNode> lifeOfAFewMinutes(TestBridge test) throws Exception {
        List<JsonNode> messages = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            messages.addAll(happens(test, 20));
            clock.advance(Duration.ofSeconds(20));
            messages.addAll(happens(test, 1));
            long polls = test.bridge().polls().figures().polls();
            test.pollNow();
            await().until(() -> test.bridge().polls().figures().polls() > polls);
        }
        messages.addAll(happens(test, 5));
        return messages;
    }

    private List<JsonNode> happens(TestBridge test, int seconds) throws Exception {
        for (int second = 0; second < seconds; second++) {
            clock.advance(Duration.ofSeconds(1));
            test.awaitAnnounced();
        }
        test.awaitAnnounced();
        return messages(test);
    }

    private static List<JsonNode> messages(TestBridge test) throws Exception {
        return test.delivered().stream().map(TestBridge::json).toList();
    }

    private static Map<String, String> settings(Sandbox sandbox) {
        return Map.of(
                "poll.source",
                "notifications",
                "notifications.queues",
                sandbox.world().queues().stream().map(SandboxQueue::id).collect(Collectors.joining(",")),
                "checkpoint.remember",
                "1m",
                "completed.first-after",
                "1s",
                "camel.main.jmxEnabled",
                "true");
    }
}
