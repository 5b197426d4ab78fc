// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private final MovableClock clock = new MovableClock();
    private final RequestBudget budget = new RequestBudget(300, clock);

    @Test
    void without_headers_the_own_limit_applies() {
        budget.requestSent();
        budget.requestSent();

        assertThat(budget.requests()).isEqualTo(2);
        assertThat(budget.left()).isEqualTo(298);
        clock.advance(Duration.ofSeconds(61));
        assertThat(budget.left()).isEqualTo(300);
    }

    @Test
    void the_limit_of_genesys_applies_until_its_reset() {
        answered("180", "170", "20");

        assertThat(budget.left()).isEqualTo(10);
        assertThat(budget.pauseMillis()).isZero();
        clock.advance(Duration.ofSeconds(20));
        assertThat(budget.left()).isEqualTo(300);
    }

    @Test
    void when_nothing_is_left_the_next_request_waits_for_the_reset() {
        answered("180", "180", "20");

        assertThat(budget.pauseMillis()).isEqualTo(20_000);
        clock.advance(Duration.ofSeconds(15));
        assertThat(budget.pauseMillis()).isEqualTo(5_000);
        clock.advance(Duration.ofSeconds(5));
        assertThat(budget.pauseMillis()).isZero();
    }

    @Test
    void no_reset_is_later_than_a_minute() {
        answered("180", "180", "999999999");

        assertThat(budget.pauseMillis()).isEqualTo(60_000);
    }

    @Test
    void headers_that_are_no_numbers_are_ignored() {
        answered("many", "-1", "soon");

        assertThat(budget.left()).isEqualTo(300);
        assertThat(budget.pauseMillis()).isZero();
    }

    @Test
    void what_is_not_urgent_leaves_a_fifth_of_both_limits() {
        answered("180", "144", "20");
        assertThat(budget.hasRoom()).isTrue();
        answered("180", "145", "20");
        assertThat(budget.hasRoom()).isFalse();
        clock.advance(Duration.ofSeconds(20));
        assertThat(budget.hasRoom()).isTrue();

        for (int request = 0; request < 240; request++) {
            budget.requestSent();
        }
        assertThat(budget.hasRoom()).isTrue();
        budget.requestSent();

        assertThat(budget.hasRoom()).isFalse();
    }

    private void answered(String allowed, String count, String reset) {
        Map<String, String> headers =
                Map.of("inin-ratelimit-allowed", allowed, "inin-ratelimit-count", count, "inin-ratelimit-reset", reset);
        budget.answered(name -> Optional.ofNullable(headers.get(name)));
    }
}
