// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.junit.jupiter.api.Test;

class PageWalkTest {
    private static final Interval DAY = Interval.before(Instant.parse("2026-11-20T12:00:00Z"), Duration.ofDays(1));

    @Test
    void a_short_page_that_reaches_the_total_is_the_last() {
        PageWalk walk = walk(100);

        walk.advance(hits(0, 100, 130));
        assertThat(walk.pageNumber()).isEqualTo(2);
        walk.advance(hits(100, 130, 130));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void the_total_is_approximate_so_a_full_page_is_never_the_last() {
        PageWalk walk = walk(100);

        walk.advance(hits(0, 100, 100));

        assertThat(walk.hasNext()).isTrue();
        assertThat(walk.pageNumber()).isEqualTo(2);
    }

    @Test
    void a_short_page_before_the_total_is_not_the_last() {
        PageWalk walk = walk(100);

        walk.advance(hits(0, 60, 130));

        assertThat(walk.pageNumber()).isEqualTo(2);
    }

    @Test
    void shorter_pages_than_requested_are_counted_as_read() {
        PageWalk walk = walk(100);

        int page = 0;
        while (walk.hasNext()) {
            walk.advance(hits(page * 50, Math.min(1_000, (page + 1) * 50), 1_000));
            page++;
        }

        assertThat(page).isEqualTo(20);
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void an_empty_page_is_the_last_and_the_walk_says_what_is_missing() {
        PageWalk walk = walk(100);

        walk.advance(hits(0, 0, 5_000));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).contains("0 of 5000 read");
    }

    @Test
    void a_walk_that_may_reads_the_pages_of_a_part_that_is_short_once_more() {
        PageWalk walk = walk(100);
        walk.readAgainWhereShort(true);

        walk.advance(hits(0, 100, 200));
        walk.advance(hits(0, 0, 0));
        assertThat(walk.pageNumber()).isEqualTo(1);
        walk.advance(hits(100, 200, 200));
        walk.advance(hits(0, 100, 200));
        walk.advance(hits(0, 0, 0));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void the_second_reading_is_the_last() {
        PageWalk walk = walk(100);
        walk.readAgainWhereShort(true);

        for (int time = 1; time <= 2; time++) {
            walk.advance(hits(0, 100, 200));
            walk.advance(hits(0, 0, 200));
        }

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).contains("100 of 200 read");
    }

    @Test
    void two_in_a_hundred_of_an_approximate_total_need_not_be_found() {
        assertThat(shortfallOf(hits(0, 98, 100))).isFalse();
        assertThat(shortfallOf(hits(0, 97, 100))).isTrue();
        assertThat(shortfallOf(hits(0, 1, 2))).isTrue();
    }

    @Test
    void the_total_of_a_listing_is_exact() {
        assertThat(shortfallOf(listed(0, 99, 100, 1, 100))).isTrue();
        assertThat(shortfallOf(listed(0, 99, 100, 1, 99))).isFalse();
    }

    @Test
    void a_total_that_changes_while_pages_are_read_is_the_smallest_stated() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 100, 100, 3, 250));
        walk.advance(listed(100, 200, 100, 3, 240));
        walk.advance(listed(200, 240, 100, 3, 255));

        assertThat(walk.hasNext()).isTrue();
        walk.advance(listed(0, 0, 100, 3, 255));
        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void the_page_size_that_a_listing_states_replaces_the_requested_one() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 25, 25, 2, 50));
        assertThat(walk.hasNext()).isTrue();
        walk.advance(listed(25, 50, 25, 2, 50));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void a_page_count_that_stops_before_the_total_is_not_the_end() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 25, 100, 1, 50));

        assertThat(walk.pageNumber()).isEqualTo(2);
    }

    @Test
    void without_totals_a_full_page_or_a_link_promises_more() {
        assertThat(goesOnAfter(listed(0, 100, 0, 0, 0))).isTrue();
        assertThat(goesOnAfter(listed(0, 99, 0, 0, 0))).isFalse();
        assertThat(goesOnAfter(listed(0, 25, 25, 0, 0))).isTrue();
        assertThat(goesOnAfter(listed(0, 24, 25, 0, 0))).isFalse();
        assertThat(goesOnAfter(new Page(ids(0, 10), 0, 0, 0, false, true))).isTrue();
    }

    @Test
    void a_page_that_is_repeated_ends_the_part_as_incomplete() {
        PageWalk walk = walk(100);
        walk.readAgainWhereShort(true);

        walk.advance(listed(0, 100, 100, 10, 1_000));
        walk.advance(listed(0, 100, 100, 10, 1_000));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall())
                .hasValueSatisfying(why -> assertThat(why).startsWith("100 of 1000 read; page 2 repeats"));
    }

    @Test
    void a_repeated_page_is_no_harm_where_everything_was_read() {
        PageWalk walk = walk(100);

        walk.advance(hits(0, 100, 100));
        walk.advance(hits(0, 100, 100));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void rows_that_come_twice_count_once() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 100, 100, 2, 200));
        walk.advance(listed(50, 150, 100, 2, 200));
        assertThat(walk.pageNumber()).isEqualTo(3);
        walk.advance(listed(0, 0, 100, 2, 200));

        assertThat(walk.shortfall()).contains("150 of 200 read");
    }

    @Test
    void an_empty_page_before_the_last_is_passed_over() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 100, 100, 3, 200));
        walk.advance(listed(0, 0, 100, 3, 200));
        walk.advance(listed(100, 200, 100, 3, 200));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void an_empty_page_before_the_last_is_a_shortfall_where_no_total_says_otherwise() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 100, 100, 3, 0));
        walk.advance(listed(0, 0, 100, 3, 0));
        walk.advance(listed(200, 300, 100, 3, 0));

        assertThat(walk.shortfall()).contains("200 read; a page before the last one is empty");
    }

    @Test
    void two_empty_pages_in_a_row_are_the_end() {
        PageWalk walk = walk(100);

        walk.advance(listed(0, 100, 100, 9_000, 0));
        walk.advance(listed(0, 0, 100, 9_000, 0));
        walk.advance(listed(0, 0, 100, 9_000, 0));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isPresent();
    }

    @Test
    void smaller_pages_restart_at_the_first_and_earlier_rows_are_no_repetition() {
        PageWalk walk = walk(100);
        walk.advance(listed(0, 100, 100, 2, 200));

        assertThat(walk.askDifferently(new AnswerTooLargeException(413, ""))).isTrue();
        assertThat(walk.pageNumber()).isEqualTo(1);
        for (int page = 0; page < 4; page++) {
            assertThat(walk.pageSize()).isEqualTo(50);
            walk.advance(listed(page * 50, page * 50 + 50, 50, 4, 200));
        }

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isEmpty();
    }

    @Test
    void the_next_part_begins_at_page_one() {
        PageWalk walk =
                new PageWalk(List.of(new PageWalk.Part(DAY, List.of("a")), new PageWalk.Part(DAY, List.of("b"))), 100);
        walk.advance(hits(0, 100, 150));
        walk.advance(hits(100, 150, 150));

        assertThat(walk.part().userIds()).containsExactly("b");
        assertThat(walk.pageNumber()).isEqualTo(1);
    }

    @Test
    void a_part_that_is_short_does_not_end_the_others() {
        PageWalk walk =
                new PageWalk(List.of(new PageWalk.Part(DAY, List.of("a")), new PageWalk.Part(DAY, List.of("b"))), 100);
        walk.advance(hits(0, 10, 150));
        walk.advance(hits(0, 10, 150));
        assertThat(walk.part().userIds()).containsExactly("b");

        walk.advance(hits(0, 10, 10));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).isPresent();
    }

    @Test
    void a_part_that_cannot_be_paged_through_is_halved_before_the_api_refuses() {
        PageWalk walk = walk(100);
        for (int page = 1; page < 1_000; page++) {
            walk.advance(hits(page * 100, page * 100 + 100, 250_000));
        }
        assertThat(walk.pageNumber()).isEqualTo(1_000);

        walk.advance(hits(0, 100, 250_000));

        assertThat(walk.pageNumber()).isEqualTo(1);
        assertThat(walk.part().interval()).isEqualTo(DAY.halves().get(0));
    }

    @Test
    void a_part_that_can_neither_be_paged_through_nor_halved_is_incomplete() {
        PageWalk walk = new PageWalk(
                List.of(new PageWalk.Part(Interval.before(Instant.EPOCH, Duration.ofSeconds(1)), List.of())), 100);
        for (int page = 0; page < 1_000; page++) {
            walk.advance(hits(page * 100, page * 100 + 100, 250_000));
        }

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.shortfall()).contains("pages end at 100000 results");
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
                    for (int page = 0; walk.hasNext(); page++) {
                        walk.advance(listed(page, page + 1, 1, 1_000_000, 0));
                    }
                })
                .hasMessageContaining("more than 10000 pages");
    }

    private static boolean shortfallOf(Page onlyOne) {
        PageWalk walk = walk(100);
        walk.advance(onlyOne);
        if (walk.hasNext()) {
            walk.advance(new Page(List.of(), 0, 0, 0, onlyOne.isApproximate(), false));
        }
        return walk.shortfall().isPresent();
    }

    private static boolean goesOnAfter(Page first) {
        PageWalk walk = walk(100);
        walk.advance(first);
        return walk.hasNext();
    }

    private static Page hits(int from, int to, long totalHits) {
        return new Page(ids(from, to), 0, 0, totalHits, true, false);
    }

    private static Page listed(int from, int to, int pageSize, int pageCount, long total) {
        return new Page(ids(from, to), pageSize, pageCount, total, false, false);
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "c" + i).toList();
    }

    private static PageWalk walk(int pageSize) {
        return new PageWalk(List.of(new PageWalk.Part(DAY, List.of())), pageSize);
    }
}
