// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSignalTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<String> halts = new CopyOnWriteArrayList<>();

    @Test
    void a_start_that_hangs_ends_when_the_time_is_over() throws Exception {
        try (StopSignal stop = signal()) {
            stop.stopAfter(SOON);

            await().untilAsserted(() -> assertThat(halts)
                    .singleElement()
                    .asString()
                    .startsWith("1 Stopped: the time of --for was over before the start was complete."));
            stop.await(Optional.empty());
        }
    }

    @Test
    void an_end_that_hangs_is_cut_off() {
        try (StopSignal stop = signal()) {
            stop.running();
            stop.stopAfter(SOON);

            await().untilAsserted(() -> assertThat(halts)
                    .containsExactly("0 Shutdown timed out; unfinished work is repeated at the next start."));
        }
    }

    @Test
    void the_time_runs_from_the_start_on_and_an_end_in_time_is_not_cut_off() throws Exception {
        try (StopSignal after = signal()) {
            try (StopSignal stop = signal()) {
                stop.stopAfter(SOON);
                stop.running();
                stop.await(Optional.empty());
            }
            after.running();
            after.stopAfter(SOON);
            await().until(() -> !halts.isEmpty());
        }
        assertThat(halts).as("only of the one that was not closed").hasSize(1);
    }

    /** The JVM refuses to start what it would have to stop: that is no failure, and nothing has begun. */
    @Test
    void what_fails_after_a_signal_during_the_start_is_not_reported() throws Exception {
        try (StopSignal stop = signal()) {
            stop.signalled();

            assertThat(stop.guard(() -> {
                        throw new IllegalStateException("Shutdown in progress");
                    }))
                    .isZero();
            assertThat(stop.isWanted()).isTrue();
        }
    }

    @Test
    void what_fails_without_a_signal_or_after_the_start_is_reported() throws Exception {
        try (StopSignal stop = signal()) {
            assertThatThrownBy(() -> stop.guard(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            stop.running();
            stop.signalled();
            assertThatThrownBy(() -> stop.guard(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
    }

    private StopSignal signal() {
        return new StopSignal((sentence, code) -> halts.add(code + " " + sentence), SOON.multipliedBy(5));
    }
}
