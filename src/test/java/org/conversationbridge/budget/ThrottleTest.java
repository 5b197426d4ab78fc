// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By a clock that goes as the test says. */
class ThrottleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LIMIT = 300;
    private static final int BURST = 40;

    private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));

    @Test
    void a_burst_passes_at_once_and_what_follows_waits_for_the_window() {
        Throttle throttle = throttle(3, Duration.ofSeconds(9));
        assertThat(List.of(poll(throttle), poll(throttle), poll(throttle))).containsOnly(0L);
        assertThat(poll(throttle)).isEqualTo(9_000);

        advance(Duration.ofSeconds(5));

        assertThat(poll(throttle)).isEqualTo(4_000);
    }

    @Test
    void with_a_burst_of_one_turns_are_evenly_spaced() {
        Throttle throttle = throttle(1, Duration.ofMillis(200));

        assertThat(List.of(poll(throttle), poll(throttle), poll(throttle))).containsExactly(0L, 200L, 400L);
    }

    @Test
    void what_was_not_used_is_not_saved_up() {
        Throttle throttle = throttle(2, Duration.ofMillis(200));
        poll(throttle);
        advance(Duration.ofHours(1));

        assertThat(List.of(poll(throttle), poll(throttle), poll(throttle))).containsExactly(0L, 0L, 200L);
    }

    @ParameterizedTest
    @EnumSource(Urgency.class)
    void each_urgency_leaves_a_part_to_those_above_it(Urgency urgency) {
        Throttle throttle = throttle(100, MINUTE);
        while (throttle.turn(urgency) == 0) {}

        for (Urgency above : Urgency.values()) {
            if (above.compareTo(urgency) < 0) {
                assertThat(throttle.turn(above)).as(above.name()).isZero();
            }
        }
    }

    @Test
    void even_a_limit_of_one_lets_every_urgency_pass() {
        for (Urgency urgency : Urgency.values()) {
            assertThat(throttle(1, MINUTE).turn(urgency)).isZero();
        }
    }

    /** Six threads that always want more, beside polls of three requests every 15 s; each request takes up to 200 ms. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_minute_has_more_than_the_limit_and_no_poll_waits_while_all_else_is_saturated(long seed) {
        Throttle burst = throttle(BURST, MINUTE.multipliedBy(BURST).dividedBy(LIMIT));
        Throttle minute = throttle(LIMIT, MINUTE);
        Random random = new Random(seed);
        List<Urgency> threads = List.of(
                Urgency.HISTORY,
                Urgency.HISTORY,
                Urgency.ENDED,
                Urgency.NAMES,
                Urgency.RECONCILIATION,
                Urgency.RECONCILIATION);
        int poll = threads.size();
        long[] due = new long[poll + 1];
        long[] wanted = new long[poll + 1];
        boolean[] hasBurstTurn = new boolean[poll + 1];
        Arrays.fill(due, nanos.get());
        long end = nanos.get() + Duration.ofMinutes(10).toNanos();
        Map<Urgency, Integer> sent = new EnumMap<>(Urgency.class);
        List<Long> turns = new ArrayList<>();
        while (nanos.get() < end) {
            int next = IntStream.range(0, due.length)
                    .boxed()
                    .min(Comparator.comparingLong(thread -> due[thread]))
                    .orElseThrow();
            nanos.set(due[next]);
            Urgency urgency = next == poll ? Urgency.POLL : threads.get(next);
            if (!hasBurstTurn[next]) {
                hasBurstTurn[next] = true;
                wanted[next] = due[next];
                due[next] += TimeUnit.MILLISECONDS.toNanos(burst.turn(urgency));
                continue;
            }
            hasBurstTurn[next] = false;
            long turn = due[next] + TimeUnit.MILLISECONDS.toNanos(minute.turn(urgency));
            turns.add(turn);
            due[next] = turn + TimeUnit.MILLISECONDS.toNanos(random.nextInt(200));
            if (next == poll) {
                assertThat(turn - wanted[next])
                        .isLessThanOrEqualTo(Duration.ofSeconds(2).toNanos());
                boolean isLast = sent.getOrDefault(Urgency.POLL, 0) % 3 == 2;
                due[next] += isLast ? Duration.ofSeconds(14).toNanos() : 0;
            }
            sent.merge(urgency, 1, Integer::sum);
        }

        Collections.sort(turns);
        assertThat(most(turns, MINUTE)).isLessThanOrEqualTo(LIMIT);
        assertThat(turns).hasSizeGreaterThan(LIMIT * 8);
        assertThat(sent).containsKeys(Urgency.POLL, Urgency.HISTORY);
    }

    @Test
    void one_that_waits_is_not_pushed_over_the_limit_by_a_more_urgent_one() {
        Throttle throttle = throttle(10, MINUTE);
        List<Long> turns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            turns.add(nanos.get() + TimeUnit.MILLISECONDS.toNanos(throttle.turn(Urgency.RECONCILIATION)));
            turns.add(nanos.get() + TimeUnit.MILLISECONDS.toNanos(throttle.turn(Urgency.POLL)));
            advance(Duration.ofSeconds(7));
        }

        Collections.sort(turns);
        assertThat(most(turns, MINUTE)).isLessThanOrEqualTo(10);
    }

    private static int most(List<Long> turns, Duration window) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < turns.size(); to++) {
            while (turns.get(to) - turns.get(from) >= window.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    private Throttle throttle(int limit, Duration window) {
        return new Throttle(() -> limit, window, nanos::get);
    }

    private static long poll(Throttle throttle) {
        return throttle.turn(Urgency.POLL);
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
