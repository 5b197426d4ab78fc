// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private final MovableClock machine = new MovableClock();
    private final AtomicLong nanos = new AtomicLong(42);
    private final SteadyClock clock = SteadyClock.start(machine, nanos::get);
    private final Instant start = machine.instant();

    @Test
    void begins_with_the_time_of_the_machine() {
        assertThat(clock.instant()).isEqualTo(start);
    }

    @Test
    void goes_on_evenly_while_the_clock_of_the_machine_is_set() {
        machine.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(start);

        nanos.addAndGet(Duration.ofSeconds(15).toNanos());
        machine.advance(Duration.ofDays(365));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(15));
    }
}
