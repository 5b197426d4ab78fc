// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    private static final Map<String, Figures> MEDIANS = Map.of(
            "program", new Figures().put("rate-per-s", 60).put("requests", 30),
            "loop", new Figures().put("rate-per-s", 100));

    @ParameterizedTest
    @CsvSource({
        "program rate-per-s at-least 0.5 of loop rate-per-s, 0.600, reached",
        "program rate-per-s at-least 0.7 of loop rate-per-s, 0.600, not reached",
        "program requests at-most 30, 30, reached",
        "program requests at-most 29, 30, not reached"
    })
    void a_goal_says_what_was_measured_and_whether_that_is_enough(String goal, String measured, String verdict) {
        assertThat(Goal.of(goal).verdict(MEDIANS)).endsWith(": " + measured + ", " + verdict);
    }

    @Test
    void a_goal_of_what_was_not_measured_is_neither() {
        assertThat(Goal.of("program rate-per-s at-least 2 of baseline rate-per-s")
                        .verdict(MEDIANS))
                .endsWith(": not measured");
    }

    @Test
    void another_form_is_refused() {
        assertThatThrownBy(() -> Goal.of("program is fast")).hasMessageContaining("program is fast");
    }

    @Test
    void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        assertThat(Figures.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThat(Figures.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    }
}
