// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.conversationbridge.genesys.GenesysAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42                            | ''                                   | ''  | 42",
                "0                             | ''                                   | ''  | 0",
                "Fri, 20 Nov 2026 12:01:30 GMT | ''                                   | ''  | 90",
                "Fri, 20 Nov 2026 11:00:00 GMT | ''                                   | ''  | 0",
                "''                            | Retry the request in [17] seconds    | 55  | 17",
                "''                            | [300] requests within [60] seconds   | 55  | 55",
                "soon                          | Retry the request in [17] seconds    | ''  | 17",
                "''                            | ''                                   | 55  | 55",
                "''                            | ''                                   | ''  | 30"
            })
    void takes_the_best_source_there_is(String header, String message, String reset, int seconds) {
        GenesysAnswer.Headers headers =
                new GenesysAnswer.Headers(Map.of("retry-after", header, "inin-ratelimit-reset", reset));

        assertThat(RetryAfter.of(headers, message, CLOCK)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_date_is_taken_by_the_clock_of_the_answer() {
        GenesysAnswer.Headers headers = new GenesysAnswer.Headers(
                Map.of("Retry-After", "Fri, 20 Nov 2026 15:00:30 GMT", "date", "Fri, 20 Nov 2026 15:00:00 GMT"));

        assertThat(RetryAfter.of(headers, "", CLOCK)).isEqualTo(Duration.ofSeconds(30));
    }
}
