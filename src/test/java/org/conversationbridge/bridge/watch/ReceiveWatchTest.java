// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveWatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ReceiveWatch watch = new ReceiveWatch();

    @AfterEach
    void isNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_receive_that_every_look_finds_is_broken_off() {
        watch.begun("pages", SECOND);
        look(ReceiveWatch.LOOKS - 1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        look(1);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(watch.ended()).isTrue();
    }

    @Test
    void one_that_ends_in_time_is_left_alone_however_many_follow() {
        for (int i = 0; i < 3; i++) {
            watch.begun("pages", SECOND);
            look(ReceiveWatch.LOOKS - 1);
            assertThat(watch.ended()).isFalse();
        }
        look(ReceiveWatch.LOOKS);
        assertThat(watch.ended()).isFalse();
    }

    @Test
    void it_is_broken_off_once() {
        watch.begun("pages", SECOND);
        look(ReceiveWatch.LOOKS);
        assertThat(Thread.interrupted()).isTrue();

        look(ReceiveWatch.LOOKS);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(watch.ended()).isTrue();
    }

    @Test
    void one_that_may_wait_long_is_not_watched() {
        for (Duration wait : List.of(Duration.ZERO, ReceiveWatch.LONGEST_WAIT.plusMillis(1))) {
            watch.begun("pages", wait);
            look(ReceiveWatch.LOOKS);

            assertThat(watch.ended()).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void what_has_no_answer_for_some_time_is_a_problem_until_it_ends() {
        watch.begun("pages", SECOND);
        look(ReceiveWatch.SUSPICIOUS - 1);
        assertThat(watch.problem()).isEmpty();

        look(1);
        assertThat(watch.problem())
                .hasValue("broker gives sessions of this process no answer on pages, and does answer others."
                        + " They are replaced automatically.");

        look(ReceiveWatch.LOOKS);
        assertThat(watch.problem()).isPresent();
        assertThat(watch.ended()).isTrue();
        assertThat(watch.problem()).isEmpty();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.at(null);
        }
    }
}
