// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.World;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A centre with a thousand conversations, first polled, then reported by notifications; in real time, with the
 * settings as they come but for {@code history.cache-ttl}, which is the same in both.
 */
@Tag("soak")
class PushIT {
    private static final SandboxSettings CENTRE = new SandboxSettings(
            new WorldSettings(1_000, 400, 20, 10, Duration.ofMinutes(10), 7, true),
            "sandbox",
            "sandbox-secret",
            Duration.ofHours(1),
            0,
            false,
            false);

    private static final Map<String, String> AS_THEY_COME = Map.of(
            "genesys.requests-per-minute",
            "300",
            "poll.cron",
            "0/15 * * * * ?",
            "names.look-up",
            "true",
            "history.cache-ttl",
            "10m");

    /** With notifications: every five minutes, at the next fire time of the cron. */
    private static final Duration TWO_POLLS = Duration.ofSeconds(2 * 315);

    @TempDir
    private Path polled;

    @TempDir
    private Path told;

    @Test
    void notifications_take_less_than_a_tenth_of_the_calls() throws Exception {
        Figures polls = measure(polled, Duration.ofMinutes(1), Duration.ofMinutes(2), world -> AS_THEY_COME);
        Figures notifications = measure(told, Duration.ofMinutes(6), TWO_POLLS, PushIT::withNotifications);

        System.out.println(polls.summary("auto"));
        System.out.println(notifications.summary("notifications"));
        assertThat(notifications.delays()).hasSizeGreaterThan(polls.delays().size());
        assertThat(notifications.callsPerMinute()).isLessThan(polls.callsPerMinute() / 10);
        assertThat(notifications.delayMillis(0.5)).isLessThan(polls.delayMillis(0.5));
    }

    private static Figures measure(
            Path folder, Duration settling, Duration length, Function<World, Map<String, String>> settings)
            throws Exception {
        try (Watch watch = new Watch(CENTRE, folder, settings)) {
            return watch.over(settling, length);
        }
    }

    private static Map<String, String> withNotifications(World world) {
        Map<String, String> settings = new HashMap<>(AS_THEY_COME);
        settings.put("poll.source", "notifications");
        settings.put(
                "notifications.queues",
                world.queues().stream().map(SandboxQueue::id).collect(Collectors.joining(",")));
        return settings;
    }
}
