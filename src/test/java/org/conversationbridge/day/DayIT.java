// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A simulated day of more than 10,000 conversations: calls, chats, messages, e-mails, callbacks, blind transfers,
 * consultations, e-mails that are opened again, agents for whom it rings without an answer, customers who leave the
 * queue or do not answer; with an outage of ten minutes at noon.
 */
@Tag("soak")
class DayIT {
    private static final int REQUESTS_PER_MINUTE = 6_000;
    private static final int SHARE = 40;

    @TempDir
    private Path folder;

    @Test
    void every_conversation_of_a_day_has_its_messages() throws Exception {
        long seed = Long.getLong("day.seed", 7);
        WorldSettings world = new WorldSettings(60, 80, 6, 1, Duration.ofMinutes(10), seed, true);
        Map<String, String> settings = Map.of(
                "genesys.requests-per-minute",
                "" + REQUESTS_PER_MINUTE,
                "reconcile.budget-share",
                "" + SHARE,
                "poll.page-size",
                "25",
                "ended.ids-per-request",
                "10");
        try (Day day = new Day(world, Duration.ofMinutes(2), Duration.ofMinutes(2), folder, settings)) {
            day.play(360);
            Outage outage = day.outage(Duration.ofMinutes(10));
            day.play(355);
            day.compareCompletions();
            day.compareCurrent();

            System.out.println(day.summary());
            System.out.println(outage.summary() + " allowed=" + REQUESTS_PER_MINUTE * SHARE / 100);
            assertThat(day.differences()).isEmpty();
            assertThat(day.count("started")).isGreaterThan(10_000);
            assertThat(day.count("rung in vain")).isGreaterThan(500);
            assertThat(day.count("abandoned")).isGreaterThan(500);
            assertThat(day.count("unanswered")).isGreaterThan(100);
            assertThat(outage.report().path("found").asInt()).isEqualTo(outage.unseen());
            assertThat(outage.requestsPerMinute()).isLessThanOrEqualTo(REQUESTS_PER_MINUTE * SHARE / 100.0);
        }
    }
}
