// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger runs = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void a_scheduled_task_runs_again_whatever_it_fails_with(Class<? extends Throwable> failure) {
        var executor = Executors.newSingleThreadScheduledExecutor();
        try (LogCapture log = LogCapture.of(Repeated.class)) {
            var unused = executor.scheduleWithFixedDelay(
                    new Repeated("a task", () -> fail(failure)), 0, 1, TimeUnit.MILLISECONDS);
            await().until(() -> runs.get() >= 5);
            assertThat(log.messages()).hasSize(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void the_line_has_the_class_and_the_place_comes_seldom_and_shows_no_text() {
        Repeated task = new Repeated("a task", () -> fail(IllegalStateException.class), now::get);
        try (LogCapture log = LogCapture.of(Repeated.class)) {
            for (int i = 0; i < 100; i++) {
                task.run();
            }
            now.addAndGet(Repeated.BETWEEN_LINES.toNanos() - 1);
            task.run();
            assertThat(log.messages())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "a task failed for an unexpected reason and is repeated: java.lang.IllegalStateException at ")
                            .doesNotContain("customer"));

            now.incrementAndGet();
            task.run();
            assertThat(log.messages()).hasSize(2);
        }
    }

    @Test
    void nothing_is_logged_once_it_has_ended() {
        Repeated task = new Repeated("a task", () -> fail(IllegalStateException.class), now::get);
        try (LogCapture log = LogCapture.of(Repeated.class)) {
            task.end();
            task.run();
            assertThat(task.completes(() -> fail(IllegalStateException.class))).isFalse();

            assertThat(runs).hasValue(2);
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void a_part_says_whether_it_was_completed_and_fails_as_its_caller_knows() throws Exception {
        Repeated task = new Repeated("a task", () -> {}, now::get);
        assertThat(task.completes(() -> {})).isTrue();
        assertThat(task.completes(() -> fail(IllegalStateException.class))).isFalse();
        assertThatThrownBy(() -> task.completes(() -> {
                    throw new IOException("known");
                }))
                .isInstanceOf(IOException.class);
        assertThat(Repeated.BETWEEN_LINES).isEqualTo(Duration.ofMinutes(10));
    }

    private void fail(Class<? extends Throwable> failure) {
        runs.incrementAndGet();
        if (failure == StackOverflowError.class) {
            throw new StackOverflowError();
        } else if (failure == NoClassDefFoundError.class) {
            throw new NoClassDefFoundError();
        }
        throw new IllegalStateException("of a customer");
    }
}
