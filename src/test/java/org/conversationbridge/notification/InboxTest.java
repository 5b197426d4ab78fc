// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.conversationbridge.Changes;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final MovableClock clock = new MovableClock();
    private final Inbox inbox = new Inbox(clock);

    @Test
    void a_process_that_stands_by_keeps_nothing() {
        for (int i = 0; i < 3 * Inbox.MOST; i++) {
            assertThat(inbox.add(state("c" + i))).isTrue();
        }

        assertThat(inbox.isEmpty()).isTrue();
        inbox.open();
        assertThat(inbox.take()).isEmpty();
    }

    @Test
    void what_came_before_it_was_opened_again_is_dropped() {
        inbox.open();
        inbox.add(state("old"));

        inbox.open();
        inbox.add(state("new"));

        assertThat(inbox.take())
                .extracting(taken -> taken.conversation().conversationId())
                .containsExactly("new");
    }

    @Test
    void it_closes_when_nothing_is_taken_for_long() {
        inbox.open();
        inbox.add(state("c"));
        clock.advance(Inbox.LONGEST);
        assertThat(inbox.isOpen()).isTrue();

        clock.advance(Duration.ofMillis(1));

        assertThat(inbox.isOpen()).isFalse();
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void it_stays_open_while_something_is_taken_and_while_nothing_comes() {
        inbox.open();
        for (int i = 0; i < 5; i++) {
            inbox.add(state("c"));
            inbox.add(state("c"));
            clock.advance(Inbox.LONGEST);
            assertThat(inbox.take()).hasSize(1);
        }
        while (!inbox.isEmpty()) {
            inbox.take();
        }
        clock.advance(Duration.ofDays(1));

        assertThat(inbox.isOpen()).isTrue();
    }

    @Test
    void the_states_of_a_conversation_are_taken_one_at_a_time() {
        inbox.open();
        inbox.add(state("c"));
        inbox.add(state("c"));
        inbox.add(state("d"));

        assertThat(inbox.take()).hasSize(2);
        assertThat(inbox.take()).hasSize(1);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void when_it_is_full_everything_is_forgotten_and_said_so() {
        inbox.open();
        for (int i = 0; i < Inbox.MOST; i++) {
            assertThat(inbox.add(state("c" + i))).isTrue();
        }

        assertThat(inbox.add(state("one more"))).isFalse();

        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.isOpen()).isTrue();
    }

    private Inbox.Notified state(String id) {
        return new Inbox.Notified(Changes.queued(id, clock.instant()).conversation(), clock.instant());
    }
}
