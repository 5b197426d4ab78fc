// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.conversationbridge.chaos.Verdict.Kind;
import org.conversationbridge.judge.Doubles;
import org.conversationbridge.judge.Told;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.junit.jupiter.api.Test;

/** The oracle finds what it is there to find. */
class ChaosOracleTest {
    private static final Standing QUEUED = new Standing("queued", "", "claims");
    private static final Standing HELD = new Standing("held", "blue", "claims");
    private static final Doubles NONE = new Doubles(Map.of());

    private int messages;

    @Test
    void each_sequence_once_in_order_with_the_truth_last_is_no_violation() {
        List<Told> messages = List.of(
                message("one", 1, QUEUED),
                message("two", 1, QUEUED),
                message("one", 2, HELD),
                message("gone", 1, HELD));

        Verdict verdict = new Oracle(
                        messages,
                        Map.of("one", HELD, "two", QUEUED),
                        Map.of("one", "", "two", "", "gone", ""),
                        Map.of("one", 2L, "two", 1L, "gone", 1L),
                        NONE)
                .judge();

        assertThat(verdict.violations()).isEmpty();
    }

    @Test
    void the_same_sequence_again_is_a_duplicate_even_with_another_state() {
        assertThat(found(1, 2, 2)).containsExactly(Kind.DUPLICATE);
        assertThat(new Oracle(
                                List.of(message("one", 1, QUEUED), message("one", 1, HELD)),
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                NONE)
                        .judge()
                        .count(Kind.DUPLICATE))
                .isEqualTo(1);
    }

    @Test
    void everything_announced_again_after_a_restart_is_duplicates() {
        assertThat(found(1, 2, 3, 1, 2, 3)).containsExactly(Kind.DUPLICATE, Kind.DUPLICATE, Kind.DUPLICATE);
    }

    @Test
    void a_sequence_after_a_later_one_is_out_of_order() {
        assertThat(found(1, 3, 2, 4)).containsExactly(Kind.OUT_OF_ORDER);
        assertThat(found(0, 1)).containsExactly(Kind.OUT_OF_ORDER);
    }

    @Test
    void an_equal_id_is_doubled_whatever_the_sequence() {
        Told first = message("one", 1, HELD);
        Told second = new Told("one", first.messageId(), 2, QUEUED, false, "other", first.observedAt());

        assertThat(kinds(List.of(first, second), Map.of(), Map.of(), Map.of())).containsExactly(Kind.DOUBLED);
    }

    @Test
    void a_gap_is_lost() {
        assertThat(found(1, 2, 4)).containsExactly(Kind.LOST);
        assertThat(found(3)).containsExactly(Kind.LOST, Kind.LOST);
    }

    @Test
    void a_last_message_that_is_not_the_truth_is_lost() {
        assertThat(kinds(List.of(message("one", 1, QUEUED)), Map.of("one", HELD), Map.of(), Map.of("one", 1L)))
                .containsExactly(Kind.LOST);
    }

    @Test
    void a_live_conversation_without_any_message_is_lost_once() {
        assertThat(kinds(List.of(), Map.of("one", HELD), Map.of("one", ""), Map.of("one", 0L)))
                .containsExactly(Kind.LOST);
    }

    @Test
    void a_conversation_of_a_whole_good_poll_that_was_never_announced_is_lost() {
        assertThat(kinds(List.of(), Map.of(), Map.of("gone", ""), Map.of())).containsExactly(Kind.LOST);
    }

    @Test
    void a_checkpoint_ahead_of_what_arrived_is_lost() {
        assertThat(kinds(List.of(message("gone", 1, HELD)), Map.of(), Map.of(), Map.of("gone", 2L)))
                .containsExactly(Kind.LOST);
        assertThat(kinds(List.of(), Map.of(), Map.of(), Map.of("gone", 1L))).containsExactly(Kind.LOST);
    }

    @Test
    void a_checkpoint_that_does_not_know_a_live_conversation_is_lost() {
        assertThat(kinds(List.of(message("one", 1, HELD)), Map.of("one", HELD), Map.of(), Map.of()))
                .containsExactly(Kind.LOST);
    }

    private List<Kind> found(long... sequences) {
        List<Told> messages = LongStream.of(sequences)
                .mapToObj(sequence -> message("one", sequence, HELD))
                .toList();
        return kinds(messages, Map.of(), Map.of(), Map.of());
    }

    private static List<Kind> kinds(
            List<Told> messages, Map<String, Standing> truth, Map<String, String> seen, Map<String, Long> checkpoint) {
        return new Oracle(messages, truth, seen, checkpoint, NONE)
                .judge().violations().stream().map(Verdict.Violation::kind).toList();
    }

    private Told message(String conversationId, long sequence, Standing standing) {
        int number = messages++;
        return new Told(
                conversationId, "id-" + number, sequence, standing, false, "content " + number, "2026-11-20T12:00:00Z");
    }
}
