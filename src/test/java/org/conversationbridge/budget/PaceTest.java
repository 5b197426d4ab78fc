// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final Pace pace = new Pace(nanos::get);

    @Test
    void turns_follow_one_another_at_the_interval() {
        assertThat(pace.turn(200)).isZero();
        assertThat(pace.turn(200)).isEqualTo(200);
        assertThat(pace.turn(200)).isEqualTo(400);

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));

        assertThat(pace.turn(200)).isEqualTo(100);
    }

    @Test
    void what_was_not_used_is_not_saved_up() {
        pace.turn(200);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(pace.turn(200)).isZero();
        assertThat(pace.turn(200)).isEqualTo(200);
    }
}
