// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.checkpoint.Written.ended;
import static org.conversationbridge.checkpoint.Written.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.gap.Gap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that come back when nobody remembers them: their sequences grow, and they are not new. */
class OpenedAgainTest {
    private static final Instant BEGIN = Instant.parse("2026-11-17T12:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Completion DONE = new Completion(true, null, "handled", 1L, List.of());

    private final Written written = new Written(REMEMBERED);
    private final List<ConversationChange> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {61, 95, 24 * 60, 72 * 60, 30 * 24 * 60, 300 * 24 * 60})
    void what_was_forgotten_and_comes_back_is_updated_with_a_higher_sequence(long minutes) throws Exception {
        startAt(BEGIN);
        endAt(BEGIN.plusSeconds(600));
        forget(BEGIN.plusSeconds(900));
        Instant again = BEGIN.plusSeconds(900).plus(Duration.ofMinutes(minutes));
        written.emptyPoll(again.minusSeconds(15));

        tell(written.poll(live(State.QUEUED, BEGIN, again), again));
        tell(written.poll(live(State.CONNECTED, BEGIN, again.plusSeconds(20)), again.plusSeconds(20)));
        endAt(again.plusSeconds(60));

        assertThat(told)
                .extracting(ConversationChange::eventType)
                .containsExactly(
                        "conversation.started",
                        "conversation.ended",
                        "conversation.completed",
                        "conversation.updated",
                        "conversation.updated",
                        "conversation.ended",
                        "conversation.completed");
        assertThat(told.get(3).sequence()).isEqualTo(again.toEpochMilli());
        assertThat(told.get(6).sequence()).isEqualTo(again.toEpochMilli() + 3);
        assertThat(told).extracting(ConversationChange::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void it_may_come_back_again_and_again() throws Exception {
        startAt(BEGIN);
        Instant at = BEGIN;
        for (int i = 0; i < 5; i++) {
            endAt(at.plusSeconds(60));
            forget(at.plusSeconds(120));
            at = at.plus(Duration.ofHours(3));
            tell(written.poll(live(State.QUEUED, BEGIN, at), at));
        }

        assertThat(told).extracting(ConversationChange::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(told)
                .filteredOn(change -> change.eventType().equals("conversation.started"))
                .hasSize(1);
    }

    @Test
    void a_notification_opens_it_again_as_a_poll_does() throws Exception {
        written.emptyPoll(NOON);

        tell(written.notification(live(State.QUEUED, BEGIN, NOON.plusSeconds(9)), NOON.plusSeconds(9)));

        assertThat(told.get(0).eventType()).isEqualTo("conversation.updated");
        assertThat(told.get(0).sequence()).isEqualTo(NOON.plusSeconds(9).toEpochMilli());
    }

    @Test
    void what_was_opened_and_ended_again_between_polls_is_not_started() throws Exception {
        written.emptyPoll(NOON.minus(Duration.ofHours(2)));
        Checkpoint checkpoint = written.read();
        checkpoint.reconcile(new Gap(NOON.minus(Duration.ofHours(2)), NOON));

        List<ConversationChange> changes = checkpoint.unseen(ended(BEGIN, NOON.minusSeconds(900)), NOON);

        assertThat(changes)
                .extracting(ConversationChange::eventType)
                .containsExactly("conversation.updated", "conversation.ended");
        assertThat(changes)
                .extracting(ConversationChange::sequence)
                .containsExactly(NOON.toEpochMilli(), NOON.toEpochMilli() + 1);
    }

    @Test
    void what_began_in_a_gap_is_started_however_long_the_gap() throws Exception {
        Instant before = NOON.minus(Duration.ofDays(2));
        written.emptyPoll(before);
        Checkpoint checkpoint = written.read();
        checkpoint.reconcile(new Gap(before, NOON));

        assertThat(checkpoint.unseen(ended(before.plusSeconds(60), NOON.minusSeconds(900)), NOON))
                .extracting(ConversationChange::eventType, ConversationChange::sequence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("conversation.started", 1L),
                        org.assertj.core.groups.Tuple.tuple("conversation.ended", 2L));
    }

    @Test
    void at_the_first_poll_everything_is_started_with_growing_sequences() throws Exception {
        ConversationChange old =
                written.read().compare(live(State.CONNECTED, BEGIN, NOON), NOON).orElseThrow();
        ConversationChange young = written.read()
                .compare(live(State.CONNECTED, NOON.minusSeconds(60), NOON), NOON)
                .orElseThrow();

        assertThat(old.eventType()).isEqualTo("conversation.started");
        assertThat(old.sequence()).isEqualTo(NOON.toEpochMilli());
        assertThat(young.eventType()).isEqualTo("conversation.started");
        assertThat(young.sequence()).isEqualTo(1);
    }

    @Test
    void what_began_within_the_time_of_remembering_cannot_have_been_forgotten() throws Exception {
        written.emptyPoll(NOON);
        Instant now = NOON.plusSeconds(15);

        assertThat(first(now, now.minus(REMEMBERED).plusSeconds(6)).sequence()).isEqualTo(1);
        assertThat(first(now, now.minus(REMEMBERED).minusSeconds(1)).sequence()).isEqualTo(now.toEpochMilli());
    }

    @Test
    void a_clock_that_goes_back_makes_no_sequence_smaller() throws Exception {
        written.emptyPoll(NOON);

        assertThat(first(NOON.minusSeconds(90), BEGIN).sequence()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void without_a_reported_start_the_sequence_grows_all_the_same() throws Exception {
        Conversation untimed = untimed();
        assertThat(written.read().compare(untimed, NOON).orElseThrow().sequence())
                .isEqualTo(1);
        written.emptyPoll(NOON);

        ConversationChange later =
                written.read().compare(untimed, NOON.plusSeconds(15)).orElseThrow();

        assertThat(later.eventType()).isEqualTo("conversation.started");
        assertThat(later.sequence()).isEqualTo(NOON.plusSeconds(15).toEpochMilli());
    }

    @Test
    void a_correction_follows_whatever_was_announced_meanwhile() throws Exception {
        assertThat(written.read().sequenceAfter("c", 3, NOON)).isEqualTo(NOON.toEpochMilli());
        long beyond = NOON.plusSeconds(60).toEpochMilli();
        assertThat(written.read().sequenceAfter("c", beyond, NOON)).isEqualTo(beyond + 1);

        startAt(BEGIN);

        assertThat(written.read().sequenceAfter("c", 1, NOON)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 50, 70})
    void one_that_rested_while_its_entry_was_lost_comes_back_with_a_higher_sequence(long minutes) throws Exception {
        startAt(BEGIN);
        endAt(BEGIN.plusSeconds(60));
        written.lose(BEGIN.plusSeconds(600));
        written.emptyPoll(BEGIN.plusSeconds(615));
        Instant again = BEGIN.plusSeconds(615).plus(Duration.ofMinutes(minutes));

        tell(written.poll(live(State.QUEUED, BEGIN, again), again));

        assertThat(told.get(3).eventType()).isEqualTo("conversation.updated");
        assertThat(told.get(3).sequence()).isEqualTo(again.toEpochMilli());
    }

    @Test
    void what_begins_after_a_loss_is_new() throws Exception {
        written.emptyPoll(NOON);
        written.lose(NOON.plusSeconds(15));
        Instant begin = NOON.plusSeconds(30);

        tell(written.poll(live(State.QUEUED, begin, begin), begin.plusSeconds(15)));

        assertThat(told.get(0).eventType()).isEqualTo("conversation.started");
        assertThat(told.get(0).sequence()).isEqualTo(1);
    }

    @Test
    void one_that_is_remembered_is_opened_again_where_only_its_end_is_gone() throws Exception {
        startAt(BEGIN);
        Instant end = BEGIN.plusSeconds(60);
        endAt(end);

        tell(written.poll(live(State.CONNECTED, BEGIN, end.plusSeconds(5)), end.plusSeconds(15)));
        endAt(end.plusSeconds(120));

        assertThat(told).extracting(ConversationChange::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(told.get(4).conversation().endedAt()).isEqualTo(end.plusSeconds(120));
    }

    @Test
    void an_answer_with_the_previous_end_does_not_end_it() throws Exception {
        startAt(BEGIN);
        Instant end = BEGIN.plusSeconds(60);
        endAt(end);
        tell(written.poll(live(State.QUEUED, BEGIN, end.plusSeconds(5)), end.plusSeconds(15)));

        assertThat(written.read().confirm(ended(BEGIN, end), DONE, end.plusSeconds(30)))
                .isEmpty();
        assertThat(written.read().confirm(ended(BEGIN, end.plusSeconds(20)), DONE, end.plusSeconds(30)))
                .isPresent();
    }

    @Test
    void nor_does_it_where_that_end_is_forgotten() throws Exception {
        written.emptyPoll(NOON);
        tell(written.poll(live(State.QUEUED, BEGIN, NOON), NOON.plusSeconds(15)));

        assertThat(written.read().confirm(ended(BEGIN, BEGIN.plusSeconds(60)), DONE, NOON.plusSeconds(30)))
                .isEmpty();
    }

    private ConversationChange first(Instant now, Instant startedAt) throws Exception {
        return written.read().compare(live(State.QUEUED, startedAt, now), now).orElseThrow();
    }

    private void startAt(Instant now) throws Exception {
        tell(written.poll(live(State.CONNECTED, now, now), now));
    }

    private void endAt(Instant end) throws Exception {
        for (Instant now : List.of(end.plusSeconds(15), end.plusSeconds(90))) {
            Checkpoint checkpoint = written.read();
            Optional<ConversationChange> change = checkpoint.confirm(ended(BEGIN, end), DONE, now);
            written.announce(checkpoint, change.stream().toList());
            tell(change);
        }
    }

    private void forget(Instant now) throws Exception {
        written.emptyPoll(now);
        written.emptyPoll(now.plus(REMEMBERED).plusSeconds(1));
        assertThat(written.read().isLiveAt("c", 1)).isFalse();
    }

    private void tell(Optional<ConversationChange> change) {
        told.add(change.orElseThrow());
    }

    private static Conversation untimed() {
        Conversation timed = live(State.QUEUED, NOON, NOON);
        @Nullable Instant none = null;
        return new Conversation(
                timed.conversationId(),
                timed.mediaType(),
                timed.direction(),
                timed.state(),
                none,
                none,
                timed.queue(),
                null,
                List.of(),
                null,
                List.of(),
                none);
    }
}
