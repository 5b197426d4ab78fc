// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long storms: two connectors on one broker, about six minutes each. {@code mvn -B verify -Psoak} runs it. Each run
 * has another seed; {@code -Dchaos.seed=N} repeats the blows of one. Logs and outcome are kept under
 * {@code target/chaos}.
 */
@Tag("soak")
class ChaosSoakIT {
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order_in_a_long_storm_with_two_connectors() throws Exception {
        Outcome outcome = new Chaos(seed(), 2, new Schedule(20, 5, 5, 5), false).run();

        assertThat(outcome.isFlawless()).as(outcome.report()).isTrue();
        assertThat(outcome.polls()).isGreaterThan(60);
        assertThat(outcome.oracle().seen()).hasSizeGreaterThan(300);
        assertThat(outcome.oracle().messages()).hasSizeGreaterThan(1_000);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothing_is_lost_or_doubled_when_the_notified_polling_connector_is_killed() throws Exception {
        Outcome outcome = new Chaos(seed(), 2, new Schedule(0, 0, 0, 0, 10), true).run();

        assertIsGood(outcome);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order_in_a_long_storm_with_notifications() throws Exception {
        Outcome outcome = new Chaos(seed(), 2, new Schedule(6, 3, 4, 4, 8), true).run();

        assertIsGood(outcome);
    }

    private static void assertIsGood(Outcome outcome) {
        assertThat(outcome.isFlawless()).as(outcome.report()).isTrue();
        assertThat(outcome.oracle().seen()).hasSizeGreaterThan(100);
        assertThat(outcome.told("held")).isGreaterThan(50);
    }

    private static long seed() {
        return Long.getLong("chaos.seed", System.nanoTime() & 0xFFFFFF);
    }
}
