// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.conversationbridge.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VanishedTest {
    private final Vanished vanished = new Vanished();

    @ParameterizedTest
    @CsvSource({"0,0,false", "10,10,false", "11,5,false", "12,6,false", "11,6,true", "1000,501,true", "1000,500,false"})
    void more_than_half_of_more_than_a_few_is_a_problem(int live, int unconfirmed, boolean isProblem) {
        vanished.note(live, unconfirmed);

        assertThat(vanished.problem().isPresent()).isEqualTo(isProblem);
    }

    @Test
    void is_said_once_until_it_is_over() {
        try (LogCapture log = LogCapture.of(Vanished.class)) {
            vanished.note(20, 20);
            vanished.note(20, 19);
            vanished.note(20, 0);

            assertThat(log.messages()).hasSize(2);
            assertThat(log.messages().get(0))
                    .contains("20 of 20 live conversations disappeared")
                    .contains("divisions");
        }
        assertThat(vanished.problem()).isEmpty();
    }
}
