// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class PauseTest {
    private final MovableClock clock = new MovableClock();
    private final Pause pause = new Pause(clock);

    @Test
    void there_is_none_before_a_failure_and_after_a_good_poll() {
        assertThat(pause.left()).isZero();
        pause.begin();

        pause.end();

        assertThat(pause.left()).isZero();
    }

    @Test
    void is_doubled_with_each_failure_up_to_five_minutes_and_ends_by_itself() {
        for (int seconds : new int[] {10, 20, 40, 80, 160, 300, 300}) {
            pause.begin();
            assertThat(pause.left()).isEqualTo(Duration.ofSeconds(seconds));

            clock.advance(Duration.ofSeconds(seconds));
            assertThat(pause.left()).isZero();
        }
    }
}
