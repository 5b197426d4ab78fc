// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
    private final Result result = new Result(new Scenario(
            Path.of("09-small"),
            Map.of(
                    "title", "small",
                    "ratios", "rate-per-s:loop rate-per-s:baseline",
                    "goal.1", "program rate-per-s at-least 0.5 of loop rate-per-s")));

    private void add(double program, double loop) {
        result.add("program", new Figures().put("missing", 0).put("rate-per-s", program));
        result.add("loop", new Figures().put("missing", 0).put("rate-per-s", loop));
    }

    @Test
    void a_ratio_is_one_of_medians_and_left_out_where_its_whole_was_not_measured() {
        add(10, 200);
        add(30, 100);
        add(90, 50);

        assertThat(result.table())
                .endsWith(List.of("rate-per-s", "30", "100"), List.of("rate-per-s / loop", "0.300", "1"));
        assertThat(result.verdicts())
                .containsExactly("program rate-per-s at least 0.500 of loop rate-per-s: 0.300, not reached");
    }

    @Test
    void a_run_in_which_a_message_is_missing_or_doubled_is_invalid() {
        add(60, 100);
        result.add("program", new Figures().put("missing", 3).put("doubled", 1).put("rate-per-s", 70));

        assertThat(result.verdicts())
                .hasSize(2)
                .first()
                .isEqualTo("INVALID: a run of program has 3 messages missing and 1 doubled");
    }
}
