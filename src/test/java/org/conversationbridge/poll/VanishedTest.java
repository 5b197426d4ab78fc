// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.conversationbridge.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VanishedTest {
    private final Vanished vanished = new Vanished();

    @ParameterizedTest
    @CsvSource({"0,0,false", "10,10,false", "11,5,false", "12,6,false", "11,6,true", "1000,501,true", "1000,500,false"})
    void more_than_half_of_more_than_a_few_is_a_problem(int live, int unconfirmed, boolean isProblem) {
        note(live, unconfirmed);

        assertThat(vanished.problem().isPresent()).isEqualTo(isProblem);
    }

    @Test
    void is_said_once_until_it_is_over() {
        try (LogCapture log = LogCapture.of(Vanished.class)) {
            note(20, 20);
            note(20, 19);
            note(20, 0);

            assertThat(log.messages()).hasSize(2);
            assertThat(log.messages().get(0))
                    .contains("20 of 20 live conversations disappeared")
                    .contains("divisions");
        }
        assertThat(vanished.problem()).isEmpty();
    }

    @Test
    void that_they_are_stale_by_then_does_not_end_it() {
        note(20, 20);

        vanished.note(0, Set.of(), ids(20), id -> true);

        assertThat(vanished.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("20 of 20"));
    }

    @ParameterizedTest
    @CsvSource({"20,true", "11,true", "10,true", "9,false", "0,false"})
    void ends_when_most_of_those_that_vanished_are_found_or_have_ended(int missing, boolean isProblem) {
        note(20, 20);

        // Others are live by then: what is compared is what vanished.
        vanished.note(500, Set.of(), ids(missing), id -> true);

        assertThat(vanished.problem().isPresent()).isEqualTo(isProblem);
    }

    @Test
    void what_vanishes_later_is_waited_for_as_well() {
        note(20, 11);
        note(20, 20);

        vanished.note(20, Set.of(), ids(11), id -> true);

        assertThat(vanished.problem()).isPresent();
    }

    @Test
    void what_is_forgotten_is_not_said_to_be_visible() {
        note(20, 20);
        try (LogCapture log = LogCapture.of(Vanished.class)) {
            vanished.note(0, Set.of(), Set.of(), id -> false);
            assertThat(vanished.problem()).as("while nothing is visible").isPresent();

            vanished.note(3, Set.of(), Set.of(), id -> false);
            assertThat(vanished.problem()).isEmpty();
            assertThat(log.messages()).singleElement().asString().contains("20 conversations", "no longer remembered");
        }
    }

    private void note(int live, int unconfirmed) {
        vanished.note(live, ids(unconfirmed), ids(unconfirmed), id -> true);
    }

    private static Set<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.toSet());
    }
}
