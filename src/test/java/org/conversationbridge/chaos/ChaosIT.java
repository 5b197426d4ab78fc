// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short storm, about two minutes, over one connector or two; those with notifications are among the long ones. Each
 * run has another seed; {@code -Dchaos.seed=N} repeats the blows of one. Logs and outcome are kept under
 * {@code target/chaos}.
 */
class ChaosIT {
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order_whatever_is_killed_frozen_or_cut() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime() & 0xFFFFFF);

        Outcome outcome = new Chaos(seed, 1 + (int) (seed % 2), new Schedule(4, 1, 1, 1), false).run();

        assertThat(outcome.isFlawless()).as(outcome.report()).isTrue();
        assertThat(outcome.polls()).isGreaterThan(5);
        assertThat(outcome.oracle().seen()).hasSizeGreaterThan(80);
        assertThat(outcome.oracle().messages()).hasSizeGreaterThan(300);
    }
}
