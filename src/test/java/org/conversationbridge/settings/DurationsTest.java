// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "15m, PT15M",
        "2h, PT2H",
        "1d, PT24H",
        "1h30m, PT1H30M",
        "1m500ms, PT1M0.5S",
        "0, PT0S",
        "PT2H, PT2H",
        "' 2H ', PT2H"
    })
    void reads_what_administrators_write(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "30s", "15m", "2h", "7d", "1h30m", "1d12h", "1m500ms", "0"})
    void writes_as_administrators_do(String text) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2 hours", "h", "-2h", "2h foo", "1.5h", "99999999999999999999s"})
    void refuses_anything_else_and_says_what_is_accepted(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a duration; write for example");
    }
}
