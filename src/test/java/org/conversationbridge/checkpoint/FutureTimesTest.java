// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.Fixtures;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One answer reports a time that lies ahead of Genesys Cloud's now; nothing that follows is hidden by it. */
class FutureTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");

    private final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    private Instant now = NOON;

    @BeforeEach
    void begin() {
        announce(checkpoint.compare(with("a", State.CONNECTED, NOON, null), now));
    }

    @Test
    void a_poll_reports_each_later_change() {
        pass();
        announce(checkpoint.compare(with("b", State.CONNECTED, FAR, null), now));
        pass();
        announce(checkpoint.compare(with("c", State.CONNECTED, now, null), now));
        pass();

        assertThat(announce(checkpoint.compare(with("d", State.CONNECTED, now, null), now))
                        .sequence())
                .isEqualTo(4);
    }

    @Test
    void a_notification_reports_each_later_change_and_an_older_one_stays_older() {
        pass();
        Instant before = now.minusSeconds(1);
        announce(checkpoint.compareNotified(with("b", State.CONNECTED, FAR, null), now));

        assertThat(checkpoint.compareNotified(with("a", State.CONNECTED, before, null), now))
                .isEmpty();
        pass();
        assertThat(announce(checkpoint.compareNotified(with("c", State.CONNECTED, now, null), now))
                        .sequence())
                .isEqualTo(3);
    }

    @Test
    void a_hold_that_began_in_2099_hides_no_later_hold() {
        pass();
        announce(checkpoint.compareNotified(with("a", State.HELD, NOON, FAR), now));
        pass();
        announce(checkpoint.compareNotified(with("a", State.CONNECTED, NOON, null), now));
        pass();

        assertThat(announce(checkpoint.compareNotified(with("a", State.HELD, NOON, now), now))
                        .sequence())
                .isEqualTo(4);
    }

    @Test
    void an_end_in_2099_hides_no_second_life() {
        pass();
        announce(checkpoint.confirm(ended(FAR), Completion.unknown("test"), now));
        pass();
        ConversationChange again = announce(checkpoint.compare(with("b", State.CONNECTED, now, null), now));
        pass();
        ConversationChange end = announce(checkpoint.confirm(ended(now), Completion.unknown("test"), now));

        assertThat(again.eventType()).isEqualTo("conversation.updated");
        assertThat(end.eventType()).isEqualTo("conversation.ended");
        assertThat(end.sequence()).isEqualTo(4);
    }

    @Test
    void times_that_are_ahead_by_what_clocks_differ_keep_their_order() {
        pass();
        announce(checkpoint.compareNotified(with("b", State.CONNECTED, now.plusMillis(4_000), null), now));

        assertThat(checkpoint.compareNotified(with("a", State.CONNECTED, now.plusMillis(3_000), null), now))
                .isEmpty();
        assertThat(checkpoint.compareNotified(with("c", State.CONNECTED, now.plusMillis(5_000), null), now))
                .isPresent();
    }

    private void pass() {
        now = now.plus(Duration.ofSeconds(15));
    }

    private ConversationChange announce(Optional<ConversationChange> change) {
        ConversationChange told = change.orElseThrow();
        ChangePage.pages("poll", List.of(told), 100, 1).forEach(checkpoint::announce);
        return told;
    }

    private static Conversation ended(Instant end) {
        return conversation(null, State.ENDED, end, end, null);
    }

    private static Conversation with(String agent, State state, Instant changedAt, @Nullable Instant heldSince) {
        return conversation(
                new Agent(agent, null, null, "primary", "agent-" + agent, null), state, null, changedAt, heldSince);
    }

    private static Conversation conversation(
            @Nullable Agent agent, State state, @Nullable Instant end, Instant changedAt, @Nullable Instant heldSince) {
        return new Conversation(
                "c",
                "voice",
                "inbound",
                state,
                NOON,
                end,
                new QueueRef("q", null),
                agent,
                agent == null ? List.of() : List.of(agent),
                null,
                List.of(),
                changedAt,
                List.of(),
                heldSince);
    }
}
