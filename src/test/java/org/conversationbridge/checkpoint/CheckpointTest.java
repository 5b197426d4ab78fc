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
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Completion DONE = new Completion(true, null, "handled", 1L, List.of());
    private static final Completion NOT_DONE = new Completion(false, "no tHandle", "handled", 1L, List.of());
    private static final Duration HOUR = Duration.ofHours(1);
    /** The last-value queue: the newest entry of each key. */
    private final Map<String, String> queue = new LinkedHashMap<>();

    private final ObjectMapper json = Json.mapper();
    private Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, HOUR);

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
    void what_a_poll_did_not_find_is_requested_and_has_ended_once_that_is_confirmed() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        assertThat(checkpoint.wanted(NOON)).containsExactly("c");

        ConversationChange ended = checkpoint.confirm(over(), DONE, NOON).orElseThrow();

        assertThat(ended.eventType()).isEqualTo("conversation.ended");
        assertThat(ended.sequence()).isEqualTo(2);
        assertThat(ended.completion()).isNull();
    }

    @Test
    void what_a_poll_finds_is_not_requested() {
        checkpoint.compare(conversation(State.CONNECTED, "a", "q"), NOON);

        assertThat(checkpoint.wanted(NOON)).isEmpty();
    }

    @Test
    void an_incomplete_poll_takes_nothing_for_missing_and_asks_for_nothing_by_id() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        checkpoint.incomplete(false);
        assertThat(checkpoint.wanted(NOON)).isEmpty();
        conclude(NOON);
        restart();

        assertThat(checkpoint.lastGoodPoll()).hasValue(NOON);
        assertThat(checkpoint.wanted(NOON)).containsExactly("c");
        assertThat(checkpoint.confirmUnknown("c", NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void an_incomplete_poll_requests_what_a_complete_one_did_not_find() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        conclude(NOON);
        restart();
        checkpoint.incomplete(false);

        assertThat(checkpoint.wanted(NOON)).containsExactly("c");
        assertThat(checkpoint.confirmUnknown("c", NOON.plus(HOUR))).isEmpty();
        assertThat(checkpoint.confirm(over(), DONE, NOON)).isPresent();
    }

    @Test
    void polls_that_stay_incomplete_ask_by_id_and_still_take_nothing_for_missing() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        checkpoint.incomplete(true);
        assertThat(checkpoint.wanted(NOON)).containsExactly("c");
        assertThat(checkpoint.confirmUnknown("c", NOON.plus(HOUR))).isEmpty();
        conclude(NOON);
        restart();

        assertThat(checkpoint.confirmUnknown("c", NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void an_end_reported_by_another_query_is_taken_by_an_incomplete_poll_too() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        checkpoint.incomplete(false);

        assertThat(checkpoint.awaited(NOON)).containsExactly("c");
        assertThat(checkpoint.confirm(over(), DONE, NOON)).isPresent();
    }

    @Test
    void what_has_ended_is_forgotten_although_polls_stay_incomplete() throws Exception {
        end();
        write(checkpoint.announce(
                page(checkpoint.confirm(over(), DONE, NOON.plusSeconds(60)).orElseThrow())));
        for (int hour = 0; hour <= 2; hour++) {
            restart();
            checkpoint.incomplete(false);
            conclude(NOON.plus(HOUR.multipliedBy(hour)));
        }
        restart();

        assertThat(checkpoint.isNewest("c", 7)).isTrue();
    }

    @Test
    void what_goes_on_although_the_poll_did_not_find_it_is_treated_as_found() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();

        assertThat(checkpoint.confirm(conversation(State.CONNECTED, "a", "q"), NOT_DONE, NOON))
                .isEmpty();
        assertThat(checkpoint.wanted(NOON)).isEmpty();
        restart();
        assertThat(checkpoint.confirm(conversation(State.HELD, "a", "q"), NOT_DONE, NOON))
                .hasValueSatisfying(change -> assertThat(change.eventType()).isEqualTo("conversation.updated"));
    }

    @Test
    void what_is_not_requested_because_it_goes_on_is_treated_as_found() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        assertThat(checkpoint.missing()).containsExactly("c");

        checkpoint.goOn(checkpoint.missing());

        assertThat(checkpoint.missing()).isEmpty();
        assertThat(checkpoint.wanted(NOON)).isEmpty();
        conclude(NOON);
        restart();
        assertThat(checkpoint.confirmUnknown("c", NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void an_unconfirmed_end_turns_stale_once_and_ends_when_confirmed() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        conclude(NOON);
        assertThat(checkpoint.confirmUnknown("c", NOON.plusSeconds(599))).isEmpty();

        ConversationChange stale =
                checkpoint.confirmUnknown("c", NOON.plusSeconds(600)).orElseThrow();

        assertThat(stale.eventType()).isEqualTo("conversation.updated");
        assertThat(stale.isStale()).isTrue();
        assertThat(stale.sequence()).isEqualTo(2);
        assertThat(stale.conversation().agentUserId()).hasValue("a");
        write(checkpoint.announce(page(stale)));
        restart();
        assertThat(checkpoint.confirmUnknown("c", NOON.plusSeconds(601))).isEmpty();
        assertThat(checkpoint.wanted(NOON)).containsExactly("c");
        assertThat(checkpoint.confirm(over(), DONE, NOON).orElseThrow().sequence())
                .isEqualTo(3);
        assertUpdated(conversation(State.CONNECTED, "a", "q"));
    }

    @Test
    void an_ended_conversation_is_completed_when_analytics_has_everything() throws Exception {
        end();
        assertThat(checkpoint.wanted(NOON.plusSeconds(59))).isEmpty();
        assertThat(checkpoint.wanted(NOON.plusSeconds(60))).containsExactly("c");

        ConversationChange completed =
                checkpoint.confirm(over(), DONE, NOON.plusSeconds(60)).orElseThrow();

        assertThat(completed.eventType()).isEqualTo("conversation.completed");
        assertThat(completed.sequence()).isEqualTo(3);
        assertThat(completed.completion()).isEqualTo(DONE);
        write(checkpoint.announce(page(completed)));
        restart();
        assertThat(checkpoint.wanted(NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void a_missing_completion_is_requested_less_and_less_often_then_given_up() throws Exception {
        end();
        Instant now = NOON;
        for (int minutes : new int[] {1, 2, 4, 8, 16}) {
            now = now.plus(Duration.ofMinutes(minutes));
            assertThat(checkpoint.wanted(now.minusMillis(1))).isEmpty();
            assertThat(checkpoint.wanted(now)).containsExactly("c");
            assertThat(checkpoint.confirm(over(), NOT_DONE, now)).isEmpty();
            conclude(now);
            restart();
        }
        now = now.plus(Duration.ofMinutes(32));

        ConversationChange completed = checkpoint.confirm(over(), NOT_DONE, now).orElseThrow();

        assertThat(completed.completion()).isEqualTo(NOT_DONE);
        assertThat(checkpoint.confirmUnknown("c", now).orElseThrow().completion())
                .isEqualTo(Completion.unknown("analytics does not know the conversation"));
    }

    @Test
    void an_early_completion_is_taken_and_is_no_attempt_if_not_final() throws Exception {
        end();
        Instant early = NOON.plusSeconds(59);
        assertThat(checkpoint.awaited(early)).containsExactly("c");

        assertThat(checkpoint.confirm(over(), NOT_DONE, early)).isEmpty();

        assertThat(checkpoint.wanted(NOON.plusSeconds(60))).containsExactly("c");
        assertThat(checkpoint.confirm(over(), DONE, early)).isPresent();
    }

    @Test
    void a_completion_is_not_awaited_in_the_poll_that_announces_the_end() throws Exception {
        List<ConversationChange> unseen = checkpoint.unseen(over(), NOON);
        write(checkpoint.announce(new ChangePage("poll", 0, unseen)));
        assertThat(checkpoint.awaited(NOON)).isEmpty();

        restart();

        assertThat(checkpoint.awaited(NOON)).containsExactly("c");
    }

    @Test
    void an_ended_conversation_that_is_found_again_was_opened_again_and_ends_again() throws Exception {
        end();

        ConversationChange again = checkpoint
                .compare(queued(NOON.plusSeconds(60)), NOON.plusSeconds(60))
                .orElseThrow();

        assertThat(again.eventType()).isEqualTo("conversation.updated");
        assertThat(again.sequence()).isEqualTo(3);
        write(checkpoint.announce(page(again)));
        restart();
        assertThat(checkpoint.confirm(over(), DONE, NOON).orElseThrow().eventType())
                .isEqualTo("conversation.ended");
    }

    @Test
    void what_is_older_than_what_was_announced_is_ignored() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));

        assertThat(checkpoint.compare(queued(NOON.minusSeconds(3)), NOON)).isEmpty();
        assertThat(checkpoint.compareNotified(queued(NOON.minusMillis(1)), NOON))
                .isEmpty();
        assertThat(checkpoint.compareNotified(queued(NOON), NOON)).isPresent();
    }

    @Test
    void two_apis_may_report_the_same_moment_a_little_differently() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));

        assertThat(checkpoint.compare(queued(NOON.minusSeconds(2)), NOON)).isPresent();
    }

    @Test
    void what_is_no_longer_reported_is_as_it_was_announced() throws Exception {
        announce(told(State.QUEUED, "inbound", NOON.minusSeconds(9), List.of("d")));
        restart();

        Conversation changed = checkpoint
                .compareNotified(told(State.CONNECTED, null, null, List.of()), NOON)
                .orElseThrow()
                .conversation();

        assertThat(changed.direction()).isEqualTo("inbound");
        assertThat(changed.startedAt()).isEqualTo(NOON.minusSeconds(9));
        assertThat(changed.divisionIds()).containsExactly("d");
    }

    @Test
    void a_checkpoint_of_an_earlier_version_has_no_divisions() throws Exception {
        announce(told(State.QUEUED, "inbound", NOON, List.of("d")));
        assertThat(queue.values()).anyMatch(entry -> entry.contains(",\"divisionIds\":[\"d\"]"));
        queue.replaceAll((key, entry) -> entry.replace(",\"divisionIds\":[\"d\"]", ""));

        restart();

        assertUpdated(told(State.CONNECTED, "inbound", NOON, List.of("d")));
    }

    private static Conversation told(
            State state, @Nullable String direction, @Nullable Instant startedAt, List<String> divisionIds) {
        return new Conversation(
                "c", "chat", direction, state, startedAt, null, null, null, List.of(), null, divisionIds, NOON);
    }

    @Test
    void what_lags_behind_the_end_does_not_open_a_conversation_again() throws Exception {
        end();

        assertThat(checkpoint.compare(queued(NOON), NOON)).isEmpty();
        assertThat(checkpoint.compareNotified(queued(NOON), NOON)).isEmpty();
        assertThat(checkpoint.compareNotified(queued(NOON.plusMillis(1)), NOON)).isPresent();
    }

    @Test
    void a_notification_reports_start_change_and_end() throws Exception {
        assertThat(notified(queued(NOON))).isEqualTo("conversation.started");
        assertThat(notified(conversation(State.CONNECTED, "a", "q"))).isEqualTo("conversation.updated");
        assertThat(checkpoint.compareNotified(conversation(State.CONNECTED, "a", "q"), NOON))
                .isEmpty();
        assertThat(notified(over())).isEqualTo("conversation.ended");
        assertThat(checkpoint.compareNotified(over(), NOON)).isEmpty();
    }

    @Test
    void a_notified_end_without_a_seen_start_waits_for_the_next_poll() {
        assertThat(checkpoint.compareNotified(over(), NOON)).isEmpty();
    }

    private String notified(Conversation conversation) throws Exception {
        ConversationChange change =
                checkpoint.compareNotified(conversation, NOON).orElseThrow();
        write(checkpoint.announce(page(change)));
        restart();
        return change.eventType();
    }

    @Test
    void what_is_completed_is_remembered_for_a_while() throws Exception {
        end();
        write(checkpoint.announce(page(checkpoint.confirm(over(), DONE, NOON).orElseThrow())));
        conclude(NOON);
        restart();
        conclude(NOON.plus(HOUR));
        restart();
        assertThat(checkpoint
                        .compare(queued(NOON.plusSeconds(60)), NOON.plusSeconds(60))
                        .orElseThrow()
                        .sequence())
                .isEqualTo(4);
        restart();

        conclude(NOON.plusSeconds(1).plus(HOUR));

        restart();
        assertThat(checkpoint.compare(conversation(State.QUEUED, null, "q"), NOON))
                .hasValueSatisfying(change -> assertThat(change.sequence()).isEqualTo(1));
    }

    @Test
    void what_is_not_over_yet_is_never_forgotten() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        conclude(NOON);
        restart();

        conclude(NOON.plus(Duration.ofDays(30)));

        restart();
        assertThat(checkpoint
                        .compare(conversation(State.HELD, "a", "q"), NOON)
                        .orElseThrow()
                        .sequence())
                .isEqualTo(2);
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
    void what_was_observed_before_the_last_announcement_is_ignored() throws Exception {
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

        assertThat(head(first).duplicateId()).isPresent().isEqualTo(head(second).duplicateId());
        assertThat(head(here.announce(page(here, conversation(State.CONNECTED, "a", "q"))))
                        .duplicateId())
                .isNotEqualTo(head(first).duplicateId());
    }

    private static Entry head(List<Entry> entries) {
        assertThat(entries).filteredOn(Entry::isHead).hasSize(1);
        return entries.get(entries.size() - 1);
    }

    @Test
    void a_part_of_it_is_refused() throws Exception {
        announce(conversation(State.QUEUED, null, "q"));
        queue.remove("delta-0000");

        assertThatThrownBy(this::read)
                .isInstanceOf(IncompleteCheckpointException.class)
                .hasMessageContaining("1 of 2 entries");
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

    /** Announced as ended at noon. */
    private void end() throws Exception {
        announce(conversation(State.CONNECTED, "a", "q"));
        restart();
        write(checkpoint.announce(
                page(checkpoint.confirm(over(), NOT_DONE, NOON).orElseThrow())));
        restart();
    }

    private static ChangePage page(ConversationChange change) {
        return new ChangePage("poll", 0, List.of(change));
    }

    private static Conversation over() {
        return conversation(State.ENDED, null, "q");
    }

    private void conclude(Instant begin) throws Exception {
        write(checkpoint.conclude(begin));
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
            entries.add(CheckpointFormat.read(json, text));
        }
        return Checkpoint.of(entries, Fixtures.ENDING, HOUR);
    }

    private static Conversation queued(Instant changedAt) {
        return conversation(State.QUEUED, null, "q", changedAt);
    }

    private static Conversation conversation(State state, @Nullable String agent, String queue) {
        return conversation(state, agent, queue, NOON);
    }

    private static Conversation conversation(State state, @Nullable String agent, String queue, Instant changedAt) {
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
                List.of(),
                changedAt);
    }
}
