// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.change.Standing;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers of the current queue do not see, once more: with its sequence and its id, and nothing older. */
class RestatedTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final String ID = "c-1";
    private static final Standing NOT_SEEN = Standing.none(ID);

    private final Conversation conversation =
            Changes.connected(ID, AGENT_BLUE, NOON).conversation();
    private final Map<String, Entry> queue = new LinkedHashMap<>();
    private Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Duration.ofHours(1));

    @BeforeEach
    void announceFirst() {
        announce("poll", checkpoint.compare(conversation, NOON).orElseThrow());
        nextPoll();
    }

    private void nextPoll() {
        checkpoint.conclude(NOON).forEach(entry -> queue.put(entry.key(), entry));
        checkpoint = Checkpoint.of(List.copyOf(queue.values()), Fixtures.ENDING, Duration.ofHours(1));
    }

    @Test
    void what_a_poll_finds_unchanged_keeps_sequence_time_and_content() {
        checkpoint.differs(Map.of(ID, NOT_SEEN));
        assertThat(checkpoint.compare(conversation, LATER)).isEmpty();

        assertThat(checkpoint.restated(LATER)).singleElement().satisfies(change -> {
            assertThat(change.eventType()).isEqualTo("conversation.started");
            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.observedAt()).isEqualTo(NOON);
            assertThat(change.conversation()).isEqualTo(conversation);
        });
    }

    @Test
    void what_a_poll_does_not_find_is_as_it_was_last_known() {
        checkpoint.differs(Map.of(ID, NOT_SEEN));

        assertThat(checkpoint.restated(LATER)).singleElement().satisfies(change -> {
            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.conversation().state()).isEqualTo(State.CONNECTED);
            assertThat(change.conversation().agentUserId()).hasValue(AGENT_BLUE);
            assertThat(change.conversation().customer()).isNull();
        });
    }

    @Test
    void what_this_poll_announces_anew_is_not_restated_as_it_was_before() {
        checkpoint.differs(Map.of(ID, NOT_SEEN));
        Conversation transferred = Changes.connected(ID, AGENT_GREEN, LATER).conversation();

        announce("poll", checkpoint.compare(transferred, LATER).orElseThrow());

        assertThat(checkpoint.restated(LATER)).isEmpty();
    }

    @Test
    void what_has_ended_is_restated_as_ended() {
        announce("poll", ended());
        nextPoll();
        checkpoint.differs(Map.of(ID, new Standing(ID, 1, "voice", "inbound", false, false)));

        assertThat(checkpoint.live()).isEmpty();
        assertThat(checkpoint.restated(LATER)).singleElement().satisfies(change -> {
            assertThat(change.eventType()).isEqualTo("conversation.ended");
            assertThat(change.sequence()).isEqualTo(2);
            assertThat(change.isLive()).isFalse();
        });
    }

    @Test
    void what_is_not_known_ends_with_a_greater_sequence_than_it_has() {
        checkpoint.differs(Map.of("x", new Standing("x", LATER.toEpochMilli() + 5, "chat", null, false, false)));

        assertThat(checkpoint.restated(LATER)).singleElement().satisfies(change -> {
            assertThat(change.isLive()).isFalse();
            assertThat(change.sequence()).isEqualTo(LATER.toEpochMilli() + 6);
            assertThat(change.conversation().mediaType()).isEqualTo("chat");
        });
    }

    @Test
    void what_is_not_known_and_has_a_sequence_with_no_next_one_ends_with_one_of_ours() {
        checkpoint.differs(Map.of("x", new Standing("x", Long.MAX_VALUE, "chat", null, false, false)));

        assertThat(checkpoint.restated(LATER))
                .singleElement()
                .satisfies(change -> assertThat(change.sequence()).isEqualTo(LATER.toEpochMilli()));
    }

    @Test
    void a_restated_page_replaces_the_version_it_was_read_from_and_changes_nothing() {
        checkpoint.differs(Map.of(ID, NOT_SEEN));
        String revision = head().revision();

        List<Entry> entries =
                announce(ChangePage.RESTATED, checkpoint.restated(LATER).get(0));

        assertThat(entries).containsExactly(head());
        assertThat(head().duplicateId().orElseThrow()).endsWith(revision);
        assertThat(checkpoint.live()).isEqualTo(Map.of(ID, 1L));
    }

    private ConversationChange ended() {
        return new ConversationChange(
                "conversation.ended",
                2,
                LATER,
                Observed.LIVE,
                new Conversation(
                        ID,
                        "voice",
                        "inbound",
                        State.ENDED,
                        NOON,
                        LATER,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        LATER),
                false,
                null);
    }

    private Entry head() {
        return queue.get(CheckpointFormat.HEAD);
    }

    private List<Entry> announce(String kind, ConversationChange change) {
        List<Entry> entries = checkpoint.announce(new ChangePage(kind, 0, List.of(change)));
        entries.forEach(entry -> queue.put(entry.key(), entry));
        return entries;
    }
}
