// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day in short: an hour with an outage, and so few agents that it rings for some without success who answer later.
 */
class HourIT {
    @TempDir
    private Path folder;

    @Test
    void every_conversation_is_started_updated_ended_and_completed_as_it_has_to_be() throws Exception {
        WorldSettings world = new WorldSettings(30, 4, 3, 1, Duration.ofMinutes(10), 7, true);
        try (Day day = new Day(
                world, Duration.ofMinutes(1), Duration.ofSeconds(90), folder, Map.of("ended.ids-per-request", "10"))) {
            day.play(25);
            Outage outage = day.outage(Duration.ofMinutes(10));
            day.play(25);
            day.compareCompletions();
            day.compareCurrent();

            System.out.println(day.summary());
            System.out.println(outage.summary());
            assertThat(day.differences()).isEmpty();
            assertThat(day.count("handled")).isGreaterThan(80);
            assertThat(day.count("rung in vain")).isGreaterThan(10);
            assertThat(day.count("abandoned")).isGreaterThan(5);
            assertThat(day.count("unanswered")).isGreaterThan(1);
            assertThat(outage.unseen()).isGreaterThan(20);
            assertThat(outage.report().path("found").asInt()).isEqualTo(outage.unseen());
        }
    }
}
