// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.MovableClock;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private final MovableClock clock = new MovableClock();
    private final Announcements announcements = new Announcements(clock);

    @Test
    void a_new_conversation_has_started() {
        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"))).hasValueSatisfying(change -> {
            assertThat(change.eventType()).isEqualTo("conversation.started");
            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.observedAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void what_was_announced_is_not_announced_again() {
        announce(conversation(State.QUEUED, null, "q"));

        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"))).isEmpty();
    }

    @Test
    void another_state_agent_or_queue_is_an_update() {
        announce(conversation(State.CONNECTED, "a", "q"));

        assertUpdated(conversation(State.HELD, "a", "q"));
        assertUpdated(conversation(State.CONNECTED, "b", "q"));
        assertUpdated(conversation(State.CONNECTED, "a", "r"));
        assertUpdated(conversation(State.CONNECTED, null, "q"));
    }

    @Test
    void the_sequence_grows_by_one() {
        announce(conversation(State.QUEUED, null, "q"));
        announce(conversation(State.ALERTING, "a", "q"));

        assertThat(announcements.compare(conversation(State.CONNECTED, "a", "q")))
                .hasValueSatisfying(change -> assertThat(change.sequence()).isEqualTo(3));
    }

    @Test
    void what_did_not_reach_the_queue_stays_to_be_announced() {
        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"))).isPresent();

        assertThat(announcements.compare(conversation(State.QUEUED, null, "q")))
                .hasValueSatisfying(change -> assertThat(change.sequence()).isEqualTo(1));
    }

    @Test
    void a_conversation_is_remembered_while_it_is_seen() {
        announce(conversation(State.QUEUED, null, "q"));
        for (int day = 0; day < 7; day++) {
            clock.advance(Announcements.REMEMBERED.minusMinutes(1));
            assertThat(announcements.compare(conversation(State.QUEUED, null, "q")))
                    .isEmpty();
        }

        clock.advance(Announcements.REMEMBERED.plus(Duration.ofMinutes(1)));

        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"))).isPresent();
    }

    @Test
    void what_was_observed_before_the_last_announcement_is_no_news() {
        Instant earlier = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        announce(conversation(State.CONNECTED, "a", "q"));

        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"), earlier))
                .isEmpty();
        assertThat(announcements.compare(conversation(State.QUEUED, null, "q"), clock.instant()))
                .isEmpty();
    }

    @Test
    void what_was_observed_after_the_last_announcement_is_announced_with_its_time() {
        announce(conversation(State.QUEUED, null, "q"));
        Instant later = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofMinutes(1));

        assertThat(announcements.compare(conversation(State.CONNECTED, "a", "q"), later))
                .hasValueSatisfying(change -> {
                    assertThat(change.sequence()).isEqualTo(2);
                    assertThat(change.observedAt()).isEqualTo(later);
                });
    }

    private void assertUpdated(Conversation conversation) {
        assertThat(announcements.compare(conversation))
                .hasValueSatisfying(change -> assertThat(change.eventType()).isEqualTo("conversation.updated"));
    }

    private void announce(Conversation conversation) {
        announcements.announced(new ChangePage(
                "poll", List.of(announcements.compare(conversation).orElseThrow())));
    }

    private Conversation conversation(State state, @Nullable String agent, String queue) {
        Agent found = agent == null ? null : new Agent(agent, null, null, "primary", clock.instant());
        return new Conversation(
                "c",
                "voice",
                "inbound",
                state,
                clock.instant(),
                null,
                new QueueRef(queue, null),
                found,
                found == null ? List.of() : List.of(found),
                new Customer("p", "tel:+15555550123", null),
                List.of());
    }
}
