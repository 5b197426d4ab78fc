// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ReconcileSettingsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.050Z");
    private static final Duration AFTER = Duration.ofMinutes(2);

    @Test
    void polls_that_did_not_go_through_for_long_enough_are_a_gap() {
        ReconcileSettings often = new ReconcileSettings(AFTER, new PollSchedule("0/15 * * * * ?", ZoneOffset.UTC), 40);

        assertThat(often.isGap(NOON, NOON.plusSeconds(60))).isFalse();
        assertThat(often.isGap(NOON, NOON.plusSeconds(121))).isTrue();
    }

    @Test
    void a_poll_every_five_minutes_is_no_gap_until_one_is_missing() {
        ReconcileSettings seldom = new ReconcileSettings(AFTER, new PollSchedule("0 0/5 * * * ?", ZoneOffset.UTC), 40);

        assertThat(seldom.isGap(NOON, NOON.plusSeconds(300))).isFalse();
        assertThat(seldom.isGap(NOON, NOON.plusSeconds(600))).isTrue();
    }

    @Test
    void where_no_poll_is_due_any_more_the_time_alone_decides() {
        ReconcileSettings never =
                new ReconcileSettings(AFTER, new PollSchedule("0 0 0 1 1 ? 2020", ZoneOffset.UTC), 40);

        assertThat(never.isGap(NOON, NOON.plusSeconds(121))).isTrue();
    }
}
