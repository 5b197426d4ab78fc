// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.checkpoint.Written.ended;
import static org.conversationbridge.checkpoint.Written.held;
import static org.conversationbridge.checkpoint.Written.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is reported late: holds, resumes, and empty conversations. */
class LateFactsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant FIRST_HOLD = NOON.plusSeconds(10);
    private static final Instant SECOND_HOLD = NOON.plusSeconds(40);
    private static final Conversation CONNECTED = live(State.CONNECTED, NOON, NOON);

    private final Written written = new Written(Duration.ofHours(1));

    @BeforeEach
    void begin() throws Exception {
        assertThat(written.poll(CONNECTED, NOON)).isPresent();
    }

    @Test
    void hold_resume_and_hold_are_reported_each() throws Exception {
        assertThat(notified(hold(FIRST_HOLD), 11)).isEqualTo("held");
        assertThat(notified(CONNECTED, 20)).isEqualTo("connected");
        assertThat(notified(hold(SECOND_HOLD), 41)).isEqualTo("held");
        assertThat(notified(CONNECTED, 50)).isEqualTo("connected");
    }

    @Test
    void a_hold_that_comes_after_its_resume_or_once_more_is_old() throws Exception {
        notified(hold(FIRST_HOLD), 11);
        assertThat(notified(hold(FIRST_HOLD), 12)).isEqualTo("nothing");
        notified(CONNECTED, 20);

        assertThat(notified(hold(FIRST_HOLD), 21)).isEqualTo("nothing");
        assertThat(notified(CONNECTED, 22)).isEqualTo("nothing");
    }

    @Test
    void the_first_hold_is_old_also_after_the_second_one() throws Exception {
        notified(hold(FIRST_HOLD), 11);
        notified(CONNECTED, 20);
        notified(hold(SECOND_HOLD), 41);
        assertThat(notified(hold(FIRST_HOLD), 42)).isEqualTo("nothing");
        notified(CONNECTED, 50);

        assertThat(notified(hold(FIRST_HOLD), 51)).isEqualTo("nothing");
        assertThat(notified(hold(SECOND_HOLD), 52)).isEqualTo("nothing");
        assertThat(notified(hold(NOON.plusSeconds(60)), 61)).isEqualTo("held");
    }

    @Test
    void a_hold_without_a_reported_start_is_taken() throws Exception {
        notified(hold(FIRST_HOLD), 11);
        notified(CONNECTED, 20);

        assertThat(notified(hold(null), 21)).isEqualTo("held");
    }

    @Test
    void a_poll_that_lags_behind_a_hold_or_a_resume_does_not_turn_it_back() throws Exception {
        notified(hold(FIRST_HOLD), 11);
        assertThat(polled(CONNECTED, 15)).isEqualTo("nothing");
        notified(CONNECTED, 20);

        assertThat(polled(timedHold(FIRST_HOLD), 30)).isEqualTo("nothing");
        assertThat(notified(hold(SECOND_HOLD), 41)).isEqualTo("held");
        assertThat(polled(live(State.CONNECTED, NOON, NOON.plusSeconds(19)), 45))
                .isEqualTo("nothing");
    }

    @Test
    void a_poll_that_reports_a_later_time_is_believed_at_once() throws Exception {
        notified(hold(FIRST_HOLD), 11);

        assertThat(polled(live(State.CONNECTED, NOON, NOON.plusSeconds(13)), 15))
                .isEqualTo("connected");
        assertThat(polled(timedHold(SECOND_HOLD), 45)).isEqualTo("held");
    }

    @Test
    void a_later_poll_corrects_a_late_resume() throws Exception {
        notified(hold(FIRST_HOLD), 11);
        notified(CONNECTED, 20);
        notified(hold(SECOND_HOLD), 41);
        assertThat(notified(CONNECTED, 42))
                .as("the resume of the first hold, once more")
                .isEqualTo("connected");

        assertThat(polled(timedHold(SECOND_HOLD), 60)).isEqualTo("nothing");
        assertThat(polled(timedHold(SECOND_HOLD), 75)).isEqualTo("held");
    }

    @Test
    void polls_alone_report_each_hold_and_resume() throws Exception {
        assertThat(polled(hold(FIRST_HOLD), 15)).isEqualTo("held");
        assertThat(polled(CONNECTED, 30)).isEqualTo("connected");
        assertThat(polled(hold(SECOND_HOLD), 45)).isEqualTo("held");
        assertThat(polled(CONNECTED, 60)).isEqualTo("connected");
    }

    @Test
    void a_resume_is_taken_where_a_poll_reported_the_hold_with_its_time() throws Exception {
        polled(timedHold(FIRST_HOLD), 15);

        assertThat(notified(CONNECTED, 20)).isEqualTo("connected");
    }

    @Test
    void what_was_received_before_a_hold_that_a_poll_reported_is_no_resume() throws Exception {
        for (Conversation hold : List.of(hold(FIRST_HOLD), timedHold(FIRST_HOLD))) {
            Written other = new Written(Duration.ofHours(1));
            other.poll(live(State.ALERTING, NOON, NOON.minusSeconds(5)), NOON);
            other.poll(hold, NOON.plusSeconds(15));

            assertThat(other.notification(CONNECTED, NOON.plusSeconds(9))).isEmpty();
            assertThat(other.notification(CONNECTED, NOON.plusSeconds(11))).isPresent();
        }
    }

    @Test
    void what_waited_while_a_poll_was_announced_is_not_dated_before_it() throws Exception {
        polled(live(State.ALERTING, NOON, NOON.plusSeconds(10)), 15);

        assertThat(written.notification(live(State.CONNECTED, NOON, NOON.plusSeconds(12)), NOON.plusSeconds(13)))
                .hasValueSatisfying(change -> assertThat(change.observedAt()).isEqualTo(NOON.plusSeconds(15)));
    }

    @Test
    void another_agent_is_no_lag() throws Exception {
        notified(hold(FIRST_HOLD), 11);

        assertThat(polled(live(State.QUEUED, NOON, NOON.plusSeconds(1)), 15)).isEqualTo("queued");
    }

    @Test
    void an_empty_conversation_announces_nothing_and_replaces_nothing() throws Exception {
        Conversation nobody = nobody(null);

        assertThat(notified(nobody, 15)).isEqualTo("nothing");
        assertThat(polled(nobody, 15)).isEqualTo("nothing");
        assertThat(written.read().confirm(nobody, Completion.unknown("x"), NOON.plusSeconds(15)))
                .isEmpty();
        assertThat(written.read().replay(nobody, NOON.plusSeconds(15))).isEmpty();
        Written empty = new Written(Duration.ofHours(1));
        assertThat(empty.poll(nobody, NOON)).isEmpty();
        assertThat(empty.notification(nobody, NOON)).isEmpty();
    }

    @Test
    void it_is_treated_as_found() throws Exception {
        Checkpoint checkpoint = written.read();

        checkpoint.compare(nobody(null), NOON.plusSeconds(15));

        assertThat(checkpoint.wanted(NOON.plusSeconds(15))).isEmpty();
    }

    @Test
    void its_end_is_a_fact_and_the_rest_is_as_it_was() throws Exception {
        Conversation ended = written.read()
                .confirm(nobody(NOON.plusSeconds(30)), Completion.unknown("x"), NOON.plusSeconds(45))
                .orElseThrow()
                .conversation();

        assertThat(ended.state()).isEqualTo(State.ENDED);
        assertThat(ended.endedAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(ended.mediaType()).isEqualTo("message");
        assertThat(ended.agents()).hasSize(1);
    }

    @Test
    void a_late_end_does_not_end_what_was_opened_again() throws Exception {
        notified(ended(NOON, NOON.plusSeconds(30)), 31);
        notified(live(State.QUEUED, NOON, NOON.plusSeconds(40)), 41);

        assertThat(notified(ended(NOON, NOON.plusSeconds(30)), 42)).isEqualTo("nothing");
    }

    private String notified(Conversation told, int seconds) throws Exception {
        return state(written.notification(told, NOON.plusSeconds(seconds)));
    }

    private String polled(Conversation found, int seconds) throws Exception {
        return state(written.poll(found, NOON.plusSeconds(seconds)));
    }

    private static String state(Optional<ConversationChange> change) {
        return change.map(each -> each.conversation().state().label()).orElse("nothing");
    }

    /** As notifications and listings report it: the hold does not show in {@code changedAt}. */
    private static Conversation hold(@Nullable Instant since) {
        return held(NOON, NOON, since);
    }

    /** As analytics reports it: a segment begins with the hold. */
    private static Conversation timedHold(Instant since) {
        return held(NOON, since, since);
    }

    private static Conversation nobody(@Nullable Instant endedAt) {
        return new Conversation(
                "c",
                "unknown",
                null,
                endedAt == null ? State.QUEUED : State.ENDED,
                NOON,
                endedAt,
                null,
                null,
                List.of(),
                null,
                List.of(),
                endedAt == null ? NOON.plusSeconds(5) : endedAt);
    }
}
