// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.conversationbridge.MovableClock;
import org.conversationbridge.genesys.Interval;
import org.junit.jupiter.api.Test;

/** Walk after walk over a details query whose last page is full. */
class StatedTotalsTest {
    private static final Interval DAY = Interval.before(Instant.parse("2026-11-20T12:00:00Z"), Duration.ofDays(1));

    private final LargestPage largest = new LargestPage(100, new MovableClock());
    private final StatedTotals totals = new StatedTotals();
    private int rows = 300;
    private int countsUpTo = Integer.MAX_VALUE;
    private boolean statesTotalOfEmptyPage = true;

    @Test
    void the_page_after_a_full_one_is_requested_once_in_twenty_walks() {
        List<Integer> requests = walks(1 + 2 * StatedTotals.CHECKED);

        assertThat(requests.get(0)).isEqualTo(4);
        assertThat(requests.subList(1, StatedTotals.CHECKED)).containsOnly(3);
        assertThat(requests.get(StatedTotals.CHECKED)).isEqualTo(4);
        assertThat(Collections.frequency(requests, 4)).isEqualTo(3);
    }

    @Test
    void an_empty_page_without_a_total_proves_the_same() {
        statesTotalOfEmptyPage = false;

        assertThat(walks(2)).containsExactly(4, 3);
    }

    @Test
    void where_an_index_stops_counting_every_row_is_read() {
        countsUpTo = 200;

        assertThat(walks(3)).containsExactly(4, 4, 4);
    }

    @Test
    void an_index_that_stops_counting_later_on_is_noticed() {
        walks(2);
        countsUpTo = 200;

        List<Integer> requests = walks(StatedTotals.CHECKED);

        assertThat(requests.subList(0, StatedTotals.CHECKED - 2)).containsOnly(2);
        assertThat(requests.subList(StatedTotals.CHECKED - 2, StatedTotals.CHECKED))
                .containsOnly(4);
    }

    @Test
    void a_last_page_that_is_not_full_needs_no_other() {
        rows = 299;

        assertThat(walks(3)).containsOnly(3);
    }

    /** Requests of each. */
    private List<Integer> walks(int count) {
        List<Integer> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PageWalk walk = new PageWalk(List.of(new PageWalk.Part(DAY, List.of())), largest, totals);
            int pages = 0;
            while (walk.hasNext()) {
                pages++;
                walk.advance(page(walk.pageNumber()));
            }
            requests.add(pages);
        }
        return requests;
    }

    private Page page(int number) {
        List<String> ids = IntStream.range(
                        (number - 1) * 100, Math.max((number - 1) * 100, Math.min(rows, number * 100)))
                .mapToObj(i -> "c" + i)
                .toList();
        boolean isStated = !ids.isEmpty() || statesTotalOfEmptyPage;
        return new Page(ids, 0, 0, isStated ? Math.min(rows, countsUpTo) : 0, true, false);
    }
}
