// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.LogCapture;
import org.junit.jupiter.api.Test;

class LostEntriesTest {
    private static final Set<String> NOTHING = Set.of();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final LostEntries lost = new LostEntries(now::get);

    @Test
    void one_that_is_missing_for_a_minute_is_lost_and_said_once() {
        try (LogCapture log = LogCapture.of(LostEntries.class)) {
            lost.note(Set.of("a", "b"), NOTHING);
            pass(60);
            lost.note(Set.of("a", "b"), NOTHING);
            assertThat(lost.given()).isEmpty();
            pass(1);
            lost.note(Set.of("a", "b"), NOTHING);
            lost.note(Set.of("a", "b"), NOTHING);

            assertThat(lost.given()).containsExactlyInAnyOrder("a", "b");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("[a, b] are lost")
                    .contains("what neither knows is announced again");
        }
    }

    @Test
    void what_a_broker_shows_a_moment_after_its_start_is_not_lost() {
        lost.note(Set.of("a", "b"), NOTHING);
        pass(50);
        lost.note(Set.of("b"), NOTHING);
        pass(5);
        lost.note(NOTHING, NOTHING);
        pass(50);
        lost.note(Set.of("a", "b"), NOTHING);

        assertThat(lost.given()).isEmpty();
    }

    @Test
    void one_more_that_goes_missing_does_not_keep_the_others_waiting() {
        lost.note(Set.of("a"), NOTHING);
        pass(50);
        lost.note(Set.of("a", "b"), NOTHING);
        pass(15);
        lost.note(Set.of("a", "b", "c"), NOTHING);

        assertThat(lost.given()).containsExactly("a");
    }

    @Test
    void one_that_something_else_is_in_place_of_is_lost_at_once_until_it_is_written_anew() {
        lost.note(Set.of("a", "b"), Set.of("a"));
        assertThat(lost.given()).containsExactly("a");

        lost.note(Set.of("a", "b"), NOTHING);
        assertThat(lost.given()).containsExactly("a");

        lost.note(NOTHING, NOTHING);
        lost.note(Set.of("a"), NOTHING);
        assertThat(lost.given()).isEmpty();
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
