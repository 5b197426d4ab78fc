// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final MovableClock clock = new MovableClock();

    /** A minute that begins with a request would let 6 of 10 s pass. */
    @Test
    void a_violation_is_noted_in_any_minute_also_where_nothing_is_refused() {
        RateLimit limit = new RateLimit(3, clock);
        limit.count();
        clock.advance(Duration.ofSeconds(55));
        limit.count();
        limit.count();
        clock.advance(Duration.ofSeconds(5));
        assertThat(limit.count().exceeded()).isFalse();
        assertThat(limit.violations()).isZero();

        assertThat(limit.count().exceeded()).isFalse();
        assertThat(limit.violations()).isEqualTo(1);
    }

    @Test
    void without_a_limit_there_is_no_violation() {
        RateLimit none = new RateLimit(0, clock);
        for (int i = 0; i < 1_000; i++) {
            none.count();
        }

        assertThat(none.violations()).isZero();
    }
}
