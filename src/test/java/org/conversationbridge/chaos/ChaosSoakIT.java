// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long storm: two connectors on one broker, about six minutes. {@code mvn -B verify -Psoak} runs it. Each run has
 * another seed; {@code -Dchaos.seed=N} repeats the blows of one. Logs and outcome are kept under {@code target/chaos}.
 */
@Tag("soak")
class ChaosSoakIT {
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order_in_a_long_storm_with_two_connectors() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime() & 0xFFFFFF);

        Outcome outcome = new Chaos(seed, 2, new Schedule(20, 5, 5, 5)).run();

        assertThat(outcome.isFlawless()).as(outcome.report()).isTrue();
        assertThat(outcome.polls()).isGreaterThan(60);
        assertThat(outcome.oracle().seen()).hasSizeGreaterThan(300);
        assertThat(outcome.oracle().messages()).hasSizeGreaterThan(1_000);
    }
}
