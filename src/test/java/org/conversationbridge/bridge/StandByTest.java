// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one broker: the one that does not poll is ready because the other one polls, and says so. */
class StandByTest {
    @TempDir
    private Path folder;

    @Test
    void who_stands_by_is_ready_at_once_and_takes_over() throws Exception {
        try (TestBridge test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                folder,
                Map.of(
                        "poll.source",
                        "analytics",
                        "poll.cron",
                        "0/2 * * * * ?",
                        "health.poll-max-age",
                        "20s",
                        "camel.main.jmxEnabled",
                        "true"))) {
            test.start();
            await().until(() -> test.bridge().polls().lastGoodAge().isPresent());

            try (Bridge another = test.startAnother()) {
                await().untilAsserted(
                                () -> assertThat(check(another).getState()).isEqualTo(State.UP));
                await().untilAsserted(
                                () -> assertThat(String.valueOf(check(another).getMessage()))
                                        .contains("standing by: another process polls, its last good poll "));
                assertThat(another.polls().hasBegun()).isFalse();

                test.stop();

                await().until(() -> another.polls().lastGoodAge().isPresent());
                assertThat(check(another).getState()).isEqualTo(State.UP);
                assertThat(String.valueOf(check(another).getMessage()))
                        .contains("last good poll ")
                        .doesNotContain("standing by");
            }
        }
    }

    private static HealthCheck.Result check(Bridge bridge) {
        return bridge.context()
                .getRegistry()
                .lookupByNameAndType("pollCheck", HealthCheck.class)
                .call();
    }
}
