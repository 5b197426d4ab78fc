// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
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
        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
        clock.advance(Duration.ofSeconds(20));
        assertThat(budget.left()).isEqualTo(300);
    }

    @Test
    void when_nothing_is_left_the_next_request_waits_for_the_reset() {
        answered("180", "180", "20");

        assertThat(budget.pauseMillis(Urgency.POLL)).isEqualTo(20_000);
        clock.advance(Duration.ofSeconds(15));
        assertThat(budget.pauseMillis(Urgency.POLL)).isEqualTo(5_000);
        clock.advance(Duration.ofSeconds(5));
        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
    }

    @Test
    void no_reset_is_later_than_a_minute() {
        answered("180", "180", "999999999");

        assertThat(budget.pauseMillis(Urgency.POLL)).isEqualTo(60_000);
    }

    @Test
    void headers_that_are_no_numbers_are_ignored() {
        answered("many", "-1", "soon");

        assertThat(budget.left()).isEqualTo(300);
        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
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

    @Test
    void what_was_sent_since_the_answer_is_used_as_well() {
        answered("180", "178", "20");
        budget.requestSent();
        assertThat(budget.left()).isEqualTo(1);
        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
        budget.requestSent();

        assertThat(budget.left()).isZero();
        assertThat(budget.pauseMillis(Urgency.POLL)).isEqualTo(20_000);
    }

    @Test
    void the_less_urgent_wait_for_the_reset_while_some_is_left() {
        answered("300", "270", "20");

        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
        assertThat(Arrays.stream(Urgency.values()).skip(1).map(budget::pauseMillis))
                .containsOnly(20_000L);
        answered("300", "200", "20");
        assertThat(budget.pauseMillis(Urgency.NAMES)).isZero();
        assertThat(budget.pauseMillis(Urgency.RECONCILIATION)).isEqualTo(20_000);
    }

    @Test
    void a_refusal_holds_every_request_back_as_long_as_it_asks() {
        budget.refused(Duration.ofSeconds(42));
        budget.refused(Duration.ofSeconds(7));

        assertThat(budget.pauseMillis(Urgency.POLL)).isEqualTo(42_000);
        clock.advance(Duration.ofSeconds(42));
        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
    }

    /** Of a day, or of one kind of request: the error policy delays that request. */
    @Test
    void a_wait_of_more_than_a_minute_is_that_of_another_limit() {
        budget.refused(Duration.ofHours(2));

        assertThat(budget.pauseMillis(Urgency.POLL)).isZero();
    }

    private void answered(String allowed, String count, String reset) {
        Map<String, String> headers =
                Map.of("inin-ratelimit-allowed", allowed, "inin-ratelimit-count", count, "inin-ratelimit-reset", reset);
        budget.answered(name -> Optional.ofNullable(headers.get(name)));
    }
}
