// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.MovableClock;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.junit.jupiter.api.Test;

class LargestPageTest {
    private final MovableClock clock = new MovableClock();
    private final LargestPage largest = new LargestPage(100, clock);

    @Test
    void a_size_that_was_found_out_is_that_of_the_next_walks() {
        assertThat(walk().askDifferently(new AnswerTooLargeException(400, ""))).isTrue();

        assertThat(walk().pageSize()).isEqualTo(50);
        assertThat(walk().pageSize()).isEqualTo(50);
    }

    @Test
    void twice_the_size_is_tried_after_a_while_up_to_the_setting() {
        largest.reduced(30);

        clock.advance(LargestPage.KEPT.minusSeconds(1));
        assertThat(walk().pageSize()).isEqualTo(30);
        clock.advance(Duration.ofSeconds(1));
        assertThat(walk().pageSize()).isEqualTo(60);
        assertThat(walk().pageSize()).isEqualTo(60);
        clock.advance(LargestPage.KEPT);
        assertThat(walk().pageSize()).isEqualTo(100);
        clock.advance(LargestPage.KEPT);
        assertThat(walk().pageSize()).isEqualTo(100);
    }

    @Test
    void a_limit_that_lasts_costs_one_refusal_each_time() {
        largest.reduced(50);
        clock.advance(LargestPage.KEPT);

        assertThat(walk().askDifferently(new AnswerTooLargeException(413, ""))).isTrue();

        assertThat(walk().pageSize()).isEqualTo(50);
    }

    private PageWalk walk() {
        Interval hour = Interval.before(Instant.parse("2026-11-20T10:00:00Z"), Duration.ofHours(1));
        return new PageWalk(List.of(new PageWalk.Part(hour, List.of())), largest, new StatedTotals());
    }
}
