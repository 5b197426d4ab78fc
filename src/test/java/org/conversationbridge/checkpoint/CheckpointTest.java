// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    /** The last-value queue: the newest entry of each key. */
    private final Map<String, String> queue = new LinkedHashMap<>();

    private final ObjectMapper json = Json.mapper();
    private Checkpoint checkpoint = Checkpoint.first();

    @Test
    void a_new_conversation_has_started() {
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .hasValueSatisfying(change -> {
                    assertThat(change.eventType()).isEqualTo("conversation.started");
                    assertThat(change.sequence()).isEqualTo(1);
                    assertThat(change.observedAt()).isEqualTo(NOON);
                });
    }

    @Test
    void what_was_announced_is_not_announced_again_whichever_process_polls() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .isEmpty();

        restart();

        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .isEmpty();
    }

    @Test
    void another_state_agent_or_queue_is_an_update() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));

        assertUpdated(conversation(State.HELD, "a", "q"));
        assertUpdated(conversation(State.CONNECTED, "b", "q"));
        assertUpdated(conversation(State.CONNECTED, "a", "r"));
        assertUpdated(conversation(State.CONNECTED, null, "q"));
    }

    @Test
    void the_sequence_grows_by_one_over_restarts() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        restart();
        announce(conversation(State.ALERTING, "a", "q"));
        restart();

        assertThat(checkpoint.compare(conversation(State.CONNECTED, "a", "q"), NOON))
                .hasValueSatisfying(change -> assertThat(change.sequence()).isEqualTo(3));
    }

    @Test
    void a_conversation_that_is_found_no_more_is_remembered_for_a_while() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        conclude(NOON);
        restart();
        conclude(NOON.plusSeconds(15));
        restart();
        conclude(NOON.plusSeconds(15).plus(HOUR));
        restart();
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .isEmpty();
        restart();

        conclude(NOON.plusSeconds(16).plus(HOUR));

        restart();
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .hasValueSatisfying(change -> assertThat(change.sequence()).isEqualTo(1));
    }

    @Test
    void a_conversation_that_is_found_again_is_no_longer_missing() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        restart();
        conclude(NOON);
        restart();
        checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON);
        conclude(NOON.plusSeconds(15));
        restart();

        conclude(NOON.plusSeconds(30).plus(HOUR));

        restart();
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .isEmpty();
    }

    @Test
    void what_was_observed_before_the_last_announcement_is_no_news() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();

        assertThat(checkpoint.replay(conversation(State.QUEUED, null, "q"), NOON.minusSeconds(60)))
                .isEmpty();
        assertThat(checkpoint.replay(conversation(State.QUEUED, null, "q"), NOON))
                .isEmpty();
    }

    @Test
    void what_was_observed_after_the_last_announcement_is_announced_with_its_time() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        restart();

        assertThat(checkpoint.replay(conversation(State.CONNECTED, "a", "q"), NOON.plusSeconds(1)))
                .hasValueSatisfying(change -> {
                    assertThat(change.sequence()).isEqualTo(2);
                    assertThat(change.observedAt()).isEqualTo(NOON.plusSeconds(1));
                });
    }

    @Test
    void a_version_has_at_most_one_successor() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        conclude(NOON);
        Checkpoint here = read();
        Checkpoint there = read();

        List<Entry> first = here.announce(page(here, conversation(State.ALERTING, "a", "q")));
        List<Entry> second = there.announce(page(there, conversation(State.ALERTING, "b", "q")));

        assertThat(first)
                .singleElement()
                .satisfies(entry -> assertThat(entry.duplicateId())
                        .isPresent()
                        .isEqualTo(second.get(0).duplicateId()));
        assertThat(here.announce(page(here, conversation(State.CONNECTED, "a", "q"))))
                .singleElement()
                .satisfies(entry -> assertThat(entry.duplicateId())
                        .isNotEqualTo(first.get(0).duplicateId()));
    }

    @Test
    void a_part_of_it_is_refused() throws Exception {
        conclude(NOON);
        queue.remove("conversations-07");

        assertThatThrownBy(this::read)
                .isInstanceOf(IncompleteCheckpointException.class)
                .hasMessageContaining("64 of 65 entries");
    }

    @Test
    void remembers_the_last_good_poll() throws Exception {
        assertThat(checkpoint.lastGoodPoll()).isEmpty();

        conclude(NOON);

        assertThat(read().lastGoodPoll()).hasValue(NOON);
    }

    private void assertUpdated(Conversation conversation) {
        assertThat(checkpoint.compare(conversation, NOON))
                .hasValueSatisfying(change -> assertThat(change.eventType()).isEqualTo("conversation.updated"));
    }

    private void announce(Conversation conversation) throws Exception {
        write(checkpoint.announce(page(checkpoint, conversation)));
    }

    private void conclude(Instant begin) throws Exception {
        write(checkpoint.conclude(begin, HOUR));
    }

    private void restart() throws Exception {
        checkpoint = read();
    }

    private static ChangePage page(Checkpoint checkpoint, Conversation conversation) {
        ConversationChange change = checkpoint.compare(conversation, NOON).orElseThrow();
        return new ChangePage("poll", 0, List.of(change));
    }

    private void write(List<Entry> entries) throws JsonProcessingException {
        for (Entry entry : entries) {
            queue.put(entry.key(), json.writeValueAsString(entry));
        }
    }

    private Checkpoint read() throws JsonProcessingException {
        List<Entry> entries = new java.util.ArrayList<>();
        for (String text : queue.values()) {
            entries.add(json.readValue(text, Entry.class));
        }
        return Checkpoint.of(entries);
    }

    private static Conversation conversation(State state, @Nullable String agent, String queue) {
        Agent found = agent == null ? null : new Agent(agent, null, null, "primary", "connected-latest", NOON);
        return new Conversation(
                "c",
                "voice",
                "inbound",
                state,
                NOON,
                null,
                new QueueRef(queue, null),
                found,
                found == null ? List.of() : List.of(found),
                new Customer("p", "tel:+15555550123", null),
                List.of());
    }
}
