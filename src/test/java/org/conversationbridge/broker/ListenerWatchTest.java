// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ListenerWatchTest {
    private final AtomicLong now = new AtomicLong(-Duration.ofDays(1).toNanos());
    private final ListenerWatch watch = new ListenerWatch(now::get);
    private final Object one = new Object();
    private final Object other = new Object();

    @Test
    void none_is_missing_while_each_has_asked_the_broker_lately() {
        watch.expect("pages", 2);
        for (int i = 0; i < 10; i++) {
            watch.isThere("pages", one);
            watch.isThere("pages", other);
            pass(ListenerWatch.PERIOD);
        }

        assertThat(watch.missing()).isEmpty();
    }

    @Test
    void one_that_is_silent_is_missing_after_a_while() {
        watch.expect("pages", 2);
        watch.isThere("pages", one);
        watch.isThere("pages", other);

        pass(ListenerWatch.PATIENCE.plusMillis(1));
        watch.isThere("pages", other);

        assertThat(watch.missing()).hasValue("1 of 2 of pages");
    }

    @Test
    void one_that_never_came_is_missing_after_a_while() {
        watch.expect("requests", 1);
        assertThat(watch.missing()).isEmpty();

        pass(ListenerWatch.PATIENCE.plusMillis(1));

        assertThat(watch.missing()).hasValue("1 of 1 of requests");
    }

    @Test
    void one_that_works_is_there_however_long_it_takes() {
        watch.expect("requests", 1);
        watch.works("requests", one);

        pass(Duration.ofHours(1));
        assertThat(watch.missing()).isEmpty();

        assertThat(watch.isToAsk("requests", one)).isFalse();
        pass(ListenerWatch.PATIENCE.plusMillis(1));
        assertThat(watch.missing()).isPresent();
    }

    @Test
    void one_that_failed_while_it_worked_does_not_count_as_there() {
        watch.expect("requests", 1);
        watch.works("requests", one);
        pass(ListenerWatch.PATIENCE.plusMillis(1));

        watch.failed("requests");

        assertThat(watch.missing()).isPresent();
    }

    @Test
    void those_that_are_known_to_be_gone_are_missing_at_once_and_until_all_are_there() {
        watch.expect("pages", 2);
        watch.isThere("pages", one);
        watch.isThere("pages", other);

        watch.failed("pages");
        assertThat(watch.missing()).hasValue("2 of 2 of pages");
        watch.isThere("pages", other);
        assertThat(watch.missing()).hasValue("1 of 2 of pages");
        watch.isThere("pages", new Object());

        assertThat(watch.missing()).isEmpty();
    }

    @Test
    void each_asks_once_in_a_period() {
        watch.expect("pages", 2);
        assertThat(watch.isToAsk("pages", one)).isTrue();
        watch.isThere("pages", one);
        assertThat(watch.isToAsk("pages", one)).isFalse();
        assertThat(watch.isToAsk("pages", other)).isTrue();

        pass(ListenerWatch.PERIOD);

        assertThat(watch.isToAsk("pages", one)).isTrue();
    }

    @Test
    void what_is_stopped_is_not_missed() {
        watch.expect("pages", 2);
        pass(ListenerWatch.PATIENCE.plusMillis(1));

        watch.forget("pages");

        assertThat(watch.missing()).isEmpty();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
