// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.health.VanishedCheck;
import org.conversationbridge.poll.SeldomAsked;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client may see nothing any more: Genesys Cloud leaves it out without a word. */
class VanishedConversationsTest {
    private static final String CURRENT = "genesys.conversations.current";

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path folder;

    @Test
    void what_vanishes_together_is_logged_once_and_nothing_has_ended() throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), clock);
        try (TestBridge bridge = TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock);
                LogCapture log = LogCapture.of(Vanished.class)) {
            bridge.start();
            await(bridge, 1);
            assertThat(bridge.results(12)).hasSize(12);

            hideAll(sandbox);
            poll(bridge, 2);
            poll(bridge, 3);

            assertThat(check(bridge).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(check(bridge).getMessage().orElseThrow()).contains("12 of 12 live conversations disappeared");
            assertThat(log.messages()).hasSize(1);
            assertThat(bridge.depth("genesys.conversations.enriched")).isZero();
            assertThat(bridge.depth(CURRENT)).isEqualTo(12);

            bridge.stop();
            bridge.startAgain();
            await(bridge, 1);
            assertThat(check(bridge).getState())
                    .as("another process says so as well")
                    .isEqualTo(HealthCheck.State.DOWN);
            assertThat(log.messages()).hasSize(2);
            assertThat(bridge.depth("genesys.conversations.enriched")).isZero();
            assertThat(bridge.depth(CURRENT)).isEqualTo(12);

            sandbox.removeFaults();
            poll(bridge, 2);

            assertThat(check(bridge).getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(bridge.depth("genesys.conversations.enriched")).isZero();
        }
    }

    @Test
    void what_is_stale_meanwhile_has_still_vanished_until_it_is_seen_again() throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), clock);
        try (TestBridge bridge = TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock);
                LogCapture log = LogCapture.of(Vanished.class)) {
            bridge.start();
            await(bridge, 1);
            assertThat(bridge.results(12)).hasSize(12);
            hideAll(sandbox);
            poll(bridge, 2);

            clock.advance(bridge.settings().ending().confirmWithin().plusMinutes(1));
            poll(bridge, 3);
            assertThat(bridge.results(12))
                    .allSatisfy(message -> assertThat(
                                    TestBridge.json(message).path("stale").asBoolean())
                            .isTrue());
            poll(bridge, 4);

            assertThat(check(bridge).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(log.messages()).hasSize(1);
            Awaitility.await().until(() -> bridge.depth(CURRENT) == 0);

            sandbox.removeFaults();
            clock.advance(SeldomAsked.LONGEST);
            poll(bridge, 5);

            Awaitility.await().until(() -> check(bridge).getState() == HealthCheck.State.UP);
            assertThat(log.messages()).hasSize(2);
            Awaitility.await().until(() -> bridge.depth(CURRENT) == 12);
        }
    }

    /** As for a client whose role can see no division any more. */
    private static void hideAll(Sandbox sandbox) {
        sandbox.add((request, normal) -> request.path().contains("/analytics/")
                ? SandboxAnswer.json(200, "{\"conversations\":[],\"totalHits\":0}")
                : normal.get());
    }

    private static void poll(TestBridge bridge, int polls) throws Exception {
        bridge.poll();
        await(bridge, polls);
    }

    private static void await(TestBridge bridge, int polls) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> bridge.bridge().polls().figures().polls() == polls);
        bridge.awaitDelivered();
    }

    private static HealthCheck.Result check(TestBridge bridge) {
        return bridge.bridge()
                .context()
                .getRegistry()
                .lookupByNameAndType("vanishedCheck", VanishedCheck.class)
                .call();
    }
}
