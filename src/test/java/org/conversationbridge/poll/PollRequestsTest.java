// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollRequestsTest {
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();
    private boolean isSpared;
    private final PollRequests requests = new PollRequests(() -> isSpared, LONGEST_PAUSE, clock);
    private final PollRequests others = new PollRequests(() -> false, LONGEST_PAUSE, clock);

    @Test
    void there_is_one_poll_for_each_fire_time_however_many_processes_ask() {
        int polls = 0;
        for (int i = 0; i < 100; i++) {
            polls += follow(others.ask()) + follow(requests.ask());
            clock.advance(Duration.ofSeconds(7));
            polls += follow(others.ask());
            clock.advance(PERIOD.minusSeconds(7));
        }

        assertThat(polls).isEqualTo(100);
    }

    @Test
    void what_waited_when_a_poll_began_is_done_with_it() {
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(requests.ask());
            waiting.add(others.ask());
        }

        assertThat(waiting.stream().filter(requests::isDue)).containsExactly(waiting.get(0));
        assertThat(requests.isDue(requests.ask())).isTrue();
    }

    @Test
    void a_request_is_followed_however_long_it_waited() {
        String request = requests.ask();
        clock.advance(Duration.ofHours(2));

        assertThat(requests.isDue(request)).isTrue();
    }

    @Test
    void those_of_others_are_followed_where_the_own_ones_fail_to_come() {
        clock.advance(LONGEST_PAUSE);
        assertThat(requests.isDue(others.ask())).isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(requests.isDue(others.ask())).isTrue();
        assertThat(requests.isDue(others.ask())).isFalse();
    }

    @Test
    void ten_thousand_by_hand_cost_one_poll_after_them() {
        Queue<String> waiting = new ArrayDeque<>(Collections.nCopies(10_000, ""));
        waiting.add(requests.ask());

        assertThat(pollsFor(waiting)).isEqualTo(1);
    }

    @Test
    void what_is_asked_by_hand_while_a_poll_runs_costs_one_more() {
        Queue<String> waiting = new ArrayDeque<>(List.of("", "", ""));
        AtomicInteger polls = new AtomicInteger();
        while (!waiting.isEmpty()) {
            if (requests.isDue(waiting.poll()) && polls.incrementAndGet() == 1) {
                waiting.addAll(List.of("", " "));
            }
            if (requests.isToSend()) {
                waiting.add(requests.ask());
            }
        }

        assertThat(polls).hasValue(2);
    }

    @Test
    void one_by_hand_whose_request_was_lost_is_done_with_the_next_fire_time() {
        assertThat(requests.isDue("")).isFalse();
        assertThat(requests.isToSend()).isTrue();
        requests.ask();

        assertThat(requests.isDue(requests.ask())).isTrue();
        assertThat(requests.isDue("")).isFalse();
        assertThat(requests.isToSend()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999-12-31T23:59:59Z",
                "2026-11-20T10:00:00Z",
                "now, please",
                "{}",
                "00000000-0000-0000-0000-000000000000/99999999999999999999",
                "(not a text message)"
            })
    void what_is_no_request_is_ignored_and_said_once(String text) {
        try (LogCapture log = LogCapture.of(PollRequests.class)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(requests.isDue(text)).isFalse();
            }

            assertThat(log.messages()).singleElement().asString().contains("poll request ignored");
        }
        assertThat(requests.isDue(requests.ask())).isTrue();
    }

    @Test
    void a_number_that_was_not_given_out_yet_is_not_followed() {
        String first = requests.ask();
        String process = first.substring(0, first.indexOf('/'));

        assertThat(requests.isDue(process + "/999999999")).isFalse();
        assertThat(requests.isDue(first)).isTrue();
        assertThat(requests.isDue(first)).isFalse();
    }

    @Test
    void a_poll_that_can_be_spared_is_left_out() {
        isSpared = true;

        assertThat(requests.isDue(requests.ask())).isFalse();
        assertThat(requests.isSpared()).isTrue();
        assertThat(requests.isDue("no request")).isFalse();
        assertThat(requests.isSpared()).isFalse();
        assertThat(requests.isDue("")).isFalse();
        assertThat(requests.isDue(requests.ask())).as("somebody wants one now").isTrue();
    }

    private int pollsFor(Queue<String> waiting) {
        int polls = 0;
        while (!waiting.isEmpty()) {
            polls += follow(waiting.remove());
            if (requests.isToSend()) {
                waiting.add(requests.ask());
            }
        }
        return polls;
    }

    private int follow(String request) {
        return requests.isDue(request) ? 1 : 0;
    }
}
