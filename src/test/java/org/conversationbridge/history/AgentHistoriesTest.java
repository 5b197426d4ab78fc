// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class AgentHistoriesTest {
    private static final Duration REUSED = Duration.ofSeconds(60);
    private static final Duration NOT_REPEATED = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock();
    private final AgentHistories histories = new AgentHistories(REUSED, NOT_REPEATED, clock);
    private final AgentHistory history = AgentHistory.none(clock.instant());

    @Test
    void only_what_is_not_known_is_missing_each_once() {
        histories.found(Map.of("a", history));

        assertThat(histories.missing(List.of("a", "b", "b", "c"))).containsExactly("b", "c");
        assertThat(histories.find("a")).contains(history);
        assertThat(histories.find("b")).isEmpty();
    }

    @Test
    void a_history_is_reused_for_its_time_to_live() {
        histories.found(Map.of("a", history));

        clock.advance(REUSED.minusSeconds(1));
        assertThat(histories.missing(List.of("a"))).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(histories.missing(List.of("a"))).containsExactly("a");
    }

    @Test
    void what_was_unavailable_is_not_queried_again_at_once() {
        histories.unavailable(List.of("a"), new HistoryUnavailableException("503"));

        assertThat(histories.missing(List.of("a"))).isEmpty();
        assertThatThrownBy(() -> histories.find("a"))
                .isInstanceOf(HistoryUnavailableException.class)
                .hasMessageContaining("503");
        clock.advance(NOT_REPEATED.plusSeconds(1));
        assertThat(histories.missing(List.of("a"))).containsExactly("a");
    }

    @Test
    void a_history_that_is_still_known_outlives_a_failed_renewal() {
        histories.found(Map.of("a", history));
        histories.unavailable(List.of("a"), new HistoryUnavailableException("503"));

        assertThat(histories.find("a")).contains(history);
    }

    @Test
    void once_everything_that_ended_since_is_known_a_history_is_as_new() {
        Instant noon = clock.instant();
        AgentHistory asOfNoon = new AgentHistory(
                HistoryStatus.COMPLETE,
                noon,
                noon.minusSeconds(600),
                noon,
                List.of(finished("falls-out", noon.minusSeconds(599)), finished("stays", noon.minusSeconds(1))));
        histories.found(Map.of("a", asOfNoon, "b", asOfNoon));
        clock.advance(Duration.ofSeconds(50));
        Instant later = clock.instant();

        histories.renew(
                noon,
                later,
                Map.of("a", List.of(finished("new", noon.plusSeconds(5)), finished("too-late", later.plusSeconds(1)))));

        clock.advance(REUSED.minusSeconds(1));
        assertThat(histories.missing(List.of("a", "b"))).isEmpty();
        assertThat(histories.find("a"))
                .contains(new AgentHistory(
                        HistoryStatus.COMPLETE,
                        later,
                        later.minusSeconds(600),
                        later,
                        List.of(finished("new", noon.plusSeconds(5)), finished("stays", noon.minusSeconds(1)))));
        assertThat(histories.find("b")).map(AgentHistory::asOf).contains(later);
    }

    @Test
    void the_oldest_is_the_one_that_was_requested_first_and_is_still_known() {
        assertThat(histories.oldest()).isEmpty();
        histories.found(Map.of("a", history));
        clock.advance(Duration.ofSeconds(20));
        histories.found(Map.of("b", AgentHistory.none(clock.instant())));

        assertThat(histories.oldest()).contains(history.asOf());
        clock.advance(REUSED.minusSeconds(10));
        assertThat(histories.oldest()).contains(history.asOf().plusSeconds(20));
    }

    @Test
    void a_history_from_before_is_not_renewed() {
        histories.found(Map.of("a", history));
        Instant after = clock.instant().plusSeconds(1);

        histories.renew(after, after.plusSeconds(50), Map.of());

        assertThat(histories.find("a")).contains(history);
    }

    @Test
    void polls_continue_a_history_although_it_is_no_longer_reused() {
        Instant noon = clock.instant();
        histories.found(Map.of("a", empty(noon)));
        clock.advance(REUSED.plusSeconds(30));
        Instant later = clock.instant();

        assertThat(histories.missing(List.of("a"))).containsExactly("a");
        histories.continueTo(noon, later, Map.of("a", List.of(finished("new", noon.plusSeconds(5)))), id -> false);

        assertThat(histories.missing(List.of("a"))).isEmpty();
        assertThat(histories.find("a"))
                .contains(new AgentHistory(
                        HistoryStatus.COMPLETE,
                        later,
                        later.minusSeconds(600),
                        later,
                        List.of(finished("new", noon.plusSeconds(5)))));
    }

    @Test
    void a_history_is_continued_poll_after_poll_for_an_hour() {
        histories.found(Map.of("a", empty(clock.instant())));

        for (int poll = 1; poll < 60; poll++) {
            Instant last = clock.instant();
            clock.advance(Duration.ofMinutes(1));
            histories.continueTo(last, clock.instant(), Map.of(), id -> false);
            assertThat(histories.missing(List.of("a"))).as("poll %s", poll).isEmpty();
        }
        Instant last = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        histories.continueTo(last, clock.instant(), Map.of(), id -> false);

        assertThat(histories.missing(List.of("a"))).containsExactly("a");
    }

    @Test
    void a_time_of_which_not_all_is_known_ends_it() {
        Instant noon = clock.instant();
        histories.found(Map.of("a", empty(noon)));
        clock.advance(Duration.ofSeconds(30));

        histories.continueTo(noon.plusSeconds(1), clock.instant(), Map.of(), id -> false);

        assertThat(histories.find("a")).contains(empty(noon));
    }

    @Test
    void a_conversation_that_is_opened_again_leaves_it() {
        Instant noon = clock.instant();
        histories.found(Map.of("a", empty(noon)));
        histories.learn(Map.of("a", finished("opened-again", noon.minusSeconds(5))));
        histories.learn(Map.of("a", finished("over", noon.minusSeconds(5))));
        clock.advance(Duration.ofSeconds(30));

        histories.continueTo(noon, clock.instant(), Map.of(), "opened-again"::equals);

        assertThat(histories.find("a").orElseThrow().conversations())
                .containsExactly(finished("over", noon.minusSeconds(5)));
    }

    @Test
    void a_partial_history_is_not_continued() {
        Instant noon = clock.instant();
        AgentHistory partial = new AgentHistory(HistoryStatus.PARTIAL, noon, noon.minusSeconds(600), noon, List.of());
        histories.found(Map.of("a", partial));
        clock.advance(Duration.ofSeconds(30));

        histories.continueTo(noon, clock.instant(), Map.of(), id -> false);

        assertThat(histories.find("a")).contains(partial);
    }

    @Test
    void what_is_learnt_is_in_what_polls_continue() {
        Instant noon = clock.instant();
        histories.found(Map.of("a", empty(noon)));
        histories.learn(Map.of("a", finished("learnt", noon.minusSeconds(5))));
        clock.advance(Duration.ofSeconds(30));

        histories.continueTo(noon, clock.instant(), Map.of(), id -> false);

        assertThat(histories.find("a").orElseThrow().conversations())
                .containsExactly(finished("learnt", noon.minusSeconds(5)));
    }

    @Test
    void what_is_learnt_later_of_a_conversation_replaces_what_was_known() {
        Instant noon = clock.instant();
        FinishedConversation uncoded =
                new FinishedConversation("c", noon.minusSeconds(9), "voice", "inbound", "q", null, 1L, 1L, 2L, 18L, 3L);
        histories.found(Map.of(
                "a", new AgentHistory(HistoryStatus.COMPLETE, noon, noon.minusSeconds(600), noon, List.of(uncoded))));

        histories.learn(Map.of("a", finished("c", noon.minusSeconds(9)), "unknown", uncoded));
        histories.learn(Map.of("a", finished("later", noon.plusSeconds(1))));

        assertThat(histories.find("a").orElseThrow().conversations())
                .containsExactly(finished("c", noon.minusSeconds(9)));
        assertThat(histories.find("unknown")).isEmpty();
    }

    @Test
    void an_old_part_of_what_others_ended_meanwhile_stays_out_and_a_recent_one_comes_in() {
        Instant noon = clock.instant();
        histories.found(
                Map.of("a", new AgentHistory(HistoryStatus.COMPLETE, noon, noon.minusSeconds(600), noon, List.of())));
        FinishedConversation old = finished("old", noon.minusSeconds(601));
        FinishedConversation recent = finished("recent", noon.minusSeconds(500));

        histories.learn(Map.of("a", old));
        histories.learn(Map.of("a", recent));
        assertThat(histories.find("a").orElseThrow().conversations()).containsExactly(recent);

        histories.renew(noon, noon.plusSeconds(50), Map.of("a", List.of(old, recent)));
        assertThat(histories.find("a").orElseThrow().conversations()).containsExactly(recent);
    }

    @Test
    void what_no_question_reaches_is_in_each_later_history_while_it_is_in_the_window() {
        Instant noon = clock.instant();
        FinishedConversation old = finished("began-long-ago", noon.minusSeconds(10));
        histories.keepOutOfReach(Map.of("a", old));

        histories.found(Map.of("a", empty(noon), "b", empty(noon)));
        assertThat(histories.find("a").orElseThrow().conversations()).containsExactly(old);
        assertThat(histories.find("b").orElseThrow().conversations()).isEmpty();

        histories.found(Map.of("a", empty(noon.plusSeconds(590))));
        assertThat(histories.find("a").orElseThrow().conversations()).containsExactly(old);
        histories.found(Map.of("a", empty(noon.plusSeconds(591))));
        assertThat(histories.find("a").orElseThrow().conversations()).isEmpty();
    }

    private static AgentHistory empty(Instant asOf) {
        return new AgentHistory(HistoryStatus.COMPLETE, asOf, asOf.minusSeconds(600), asOf, List.of());
    }

    private static FinishedConversation finished(String id, Instant endedAt) {
        return new FinishedConversation(id, endedAt, "voice", "inbound", "q", "w", 1L, 1L, 2L, 18L, 3L);
    }
}
