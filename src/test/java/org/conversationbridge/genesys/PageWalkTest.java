// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageWalkTest {
    private static final Interval DAY = Interval.before(Instant.parse("2026-11-20T12:00:00Z"), Duration.ofDays(1));

    @Test
    void a_short_page_that_reaches_the_total_is_the_last() {
        PageWalk walk = walk(100);

        walk.advance(100, 130);
        assertThat(walk.pageNumber()).isEqualTo(2);
        walk.advance(30, 130);

        assertThat(walk.hasNext()).isFalse();
    }

    @Test
    void the_total_is_approximate_so_a_full_page_is_never_the_last() {
        PageWalk walk = walk(100);

        walk.advance(100, 100);

        assertThat(walk.hasNext()).isTrue();
        assertThat(walk.pageNumber()).isEqualTo(2);
    }

    @Test
    void a_short_page_before_the_total_is_not_the_last() {
        PageWalk walk = walk(100);

        walk.advance(60, 130);

        assertThat(walk.pageNumber()).isEqualTo(2);
    }

    @Test
    void an_empty_page_is_the_last_whatever_the_total() {
        PageWalk walk = walk(100);

        walk.advance(0, 5_000);

        assertThat(walk.hasNext()).isFalse();
    }

    @Test
    void the_next_part_begins_at_page_one() {
        PageWalk walk =
                new PageWalk(List.of(new PageWalk.Part(DAY, List.of("a")), new PageWalk.Part(DAY, List.of("b"))), 100);
        walk.advance(100, 150);
        walk.advance(50, 150);

        assertThat(walk.part().userIds()).containsExactly("b");
        assertThat(walk.pageNumber()).isEqualTo(1);
    }

    @Test
    void a_part_that_cannot_be_paged_through_is_halved_before_the_api_refuses() {
        PageWalk walk = walk(100);
        for (int page = 1; page < 1_000; page++) {
            walk.advance(100, 250_000);
        }
        assertThat(walk.pageNumber()).isEqualTo(1_000);

        walk.advance(100, 250_000);

        assertThat(walk.pageNumber()).isEqualTo(1);
        assertThat(walk.part().interval()).isEqualTo(DAY.halves().get(0));
    }

    @Test
    void halving_ends_at_a_second() {
        PageWalk walk = new PageWalk(
                List.of(new PageWalk.Part(Interval.before(Instant.EPOCH, Duration.ofSeconds(1)), List.of())), 100);

        assertThat(walk.halve()).isFalse();
    }

    @Test
    void pages_shrink_to_one() {
        PageWalk walk = walk(3);

        assertThat(walk.askDifferently(new AnswerTooLargeException(400, ""))).isTrue();
        assertThat(walk.pageSize()).isEqualTo(1);
        assertThat(walk.askDifferently(new AnswerTooLargeException(400, ""))).isFalse();
    }

    @Test
    void a_server_that_never_ends_is_left() {
        PageWalk walk = walk(1);

        assertThatThrownBy(() -> {
                    while (walk.hasNext()) {
                        walk.advance(false);
                    }
                })
                .hasMessageContaining("more than 10000 pages");
    }

    private static PageWalk walk(int pageSize) {
        return new PageWalk(List.of(new PageWalk.Part(DAY, List.of())), pageSize);
    }
}
