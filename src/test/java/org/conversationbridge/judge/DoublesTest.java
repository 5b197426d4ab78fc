// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.conversationbridge.judge.Doubles.Turn;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.junit.jupiter.api.Test;

/** The rule finds what it is there to find. */
class DoublesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Doubles doubles = new Doubles(Map.of(
            "c",
            List.of(
                    turn(0, "connected"),
                    turn(10, "held"),
                    turn(20, "connected"),
                    turn(30, "held"),
                    turn(40, "ended"))));

    @Test
    void each_turn_once_in_order_is_none_and_so_are_turns_left_out() {
        assertThat(among(told(1, 0, "connected"), told(2, 10, "held"), told(3, 20, "connected"), told(4, 40, "ended")))
                .isZero();
        assertThat(among(told(1, 0, "connected"), told(2, 31, "held"), told(3, 41, "ended")))
                .isZero();
    }

    @Test
    void an_equal_id_is_one() {
        assertThat(among(told(1, 0, "connected"), told(2, 10, "held"), told(1, 20, "connected")))
                .isEqualTo(1);
    }

    @Test
    void the_same_twice_in_a_row_is_one_with_whatever_id() {
        assertThat(among(told(1, 0, "connected"), told(2, 5, "connected"))).isEqualTo(1);
        assertThat(among(told(1, 40, "ended"), told(2, 41, "ended"))).isEqualTo(1);
    }

    @Test
    void old_facts_with_new_ids_are_as_many() {
        assertThat(among(
                        told(1, 0, "connected"),
                        told(2, 10, "held"),
                        told(3, 20, "connected"),
                        told(4, 35, "held"),
                        told(5, 35, "connected"),
                        told(6, 35, "held")))
                .isEqualTo(1);
    }

    @Test
    void whatever_comes_after_the_end_is_one() {
        assertThat(among(told(1, 0, "connected"), told(2, 40, "ended"), told(3, 50, "connected"), told(4, 50, "held")))
                .isEqualTo(2);
    }

    private int among(Told... messages) {
        return doubles.among(List.of(messages)).size();
    }

    private static Turn turn(int second, String state) {
        return new Turn(NOON.plusSeconds(second), new Standing(state, "", ""));
    }

    private static Told told(long number, int second, String state) {
        return new Told(
                "c",
                "id-" + number,
                number,
                new Standing(state, "", ""),
                false,
                state,
                NOON.plusSeconds(second).toString());
    }
}
