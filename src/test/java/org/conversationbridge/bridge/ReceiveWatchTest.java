// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveWatchTest {
    private final ReceiveWatch watch = new ReceiveWatch();

    @AfterEach
    void isNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_receive_that_every_look_finds_is_broken_off() {
        watch.begun();
        look(ReceiveWatch.LOOKS - 1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        look(1);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(watch.ended()).isTrue();
    }

    @Test
    void one_that_ends_in_time_is_left_alone_however_many_follow() {
        for (int i = 0; i < 3; i++) {
            watch.begun();
            look(ReceiveWatch.LOOKS - 1);
            assertThat(watch.ended()).isFalse();
        }
        look(ReceiveWatch.LOOKS);
        assertThat(watch.ended()).isFalse();
    }

    @Test
    void it_is_broken_off_once() {
        watch.begun();
        look(ReceiveWatch.LOOKS);
        assertThat(Thread.interrupted()).isTrue();

        look(ReceiveWatch.LOOKS);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(watch.ended()).isTrue();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.at(null);
        }
    }
}
