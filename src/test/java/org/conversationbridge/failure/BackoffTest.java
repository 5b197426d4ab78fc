// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1));

    @Test
    void each_pause_is_twice_as_long_up_to_the_longest() {
        assertThat(LongStream.rangeClosed(0, 5).mapToObj(backoff::after))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
        assertThat(backoff.next(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(40));
        assertThat(backoff.next(Duration.ofSeconds(40))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void any_number_of_failures_has_a_pause() {
        assertThat(LongStream.of(63, 64, 65, Integer.MAX_VALUE, Long.MAX_VALUE).mapToObj(backoff::after))
                .containsOnly(Duration.ofMinutes(1));
        assertThat(backoff.after(-1)).isZero();
        assertThat(new Backoff(Duration.ofHours(2), Duration.ofMinutes(1)).after(1))
                .hasMinutes(1);
    }
}
