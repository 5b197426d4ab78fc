// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Test
    void is_written_in_utc_with_milliseconds() {
        assertThat(Interval.before(NOON, Duration.ofHours(2)))
                .hasToString("2026-11-20T10:00:00.123Z/2026-11-20T12:00:00.123Z");
    }

    @Test
    void is_cut_into_pieces_without_gap_or_overlap() {
        assertThat(Interval.before(NOON, Duration.ofHours(60)).pieces(Duration.ofDays(1)))
                .extracting(Interval::toString)
                .containsExactly(
                        "2026-11-19T12:00:00.123Z/2026-11-20T12:00:00.123Z",
                        "2026-11-18T12:00:00.123Z/2026-11-19T12:00:00.123Z",
                        "2026-11-18T00:00:00.123Z/2026-11-18T12:00:00.123Z");
    }

    @Test
    void stays_whole_when_short_enough() {
        assertThat(Interval.before(NOON, Duration.ofDays(1)).pieces(Duration.ofDays(1)))
                .hasSize(1);
    }

    @Test
    void is_halved_without_gap_or_overlap() {
        assertThat(Interval.before(NOON, Duration.ofHours(2)).halves())
                .extracting(Interval::toString)
                .containsExactly(
                        "2026-11-20T11:00:00.123Z/2026-11-20T12:00:00.123Z",
                        "2026-11-20T10:00:00.123Z/2026-11-20T11:00:00.123Z");
    }

    @Test
    void must_not_be_empty() {
        assertThatThrownBy(() -> new Interval(NOON, NOON)).isInstanceOf(IllegalArgumentException.class);
    }
}
