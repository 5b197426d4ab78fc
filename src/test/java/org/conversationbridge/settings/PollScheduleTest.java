// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {
    private static final String OFTEN = "0/15 * * * * ?";
    private static final Instant SUMMER = Instant.parse("2026-07-01T00:00:00Z");

    private final TimeZone machine = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(machine);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,2026-10-24T22:00:00Z",
        "Europe/Berlin,2026-03-28T22:00:00Z",
        "America/New_York,2026-11-01T03:00:00Z",
        "America/New_York,2026-03-08T03:00:00Z"
    })
    void no_pause_is_above_the_period_when_summer_time_begins_or_ends(String zoneOfMachine, Instant night) {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneOfMachine));
        PollSchedule schedule = new PollSchedule(OFTEN, ZoneOffset.UTC);

        Instant last = night;
        while (last.isBefore(night.plus(Duration.ofHours(7)))) {
            Instant next = schedule.next(last).orElseThrow();
            assertThat(Duration.between(last, next)).isEqualTo(Duration.ofSeconds(15));
            last = next;
        }
    }

    @Test
    void a_zone_with_summer_time_has_the_hole_that_is_documented() {
        PollSchedule schedule = new PollSchedule(OFTEN, ZoneId.of("Europe/Berlin"));

        assertThat(schedule.next(Instant.parse("2026-10-24T23:59:45Z")))
                .contains(Instant.parse("2026-10-25T01:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "0/15 * * * * ?,UTC,false",
        "0/15 * * * * ?,Asia/Tokyo,false",
        "0/15 * * * * ?,Europe/Berlin,true",
        "0 0/5 * * * ?,America/New_York,true",
        "0 0 * * * ?,Europe/Berlin,false"
    })
    void warns_where_that_hole_is_longer_than_the_period(String cron, String zone, boolean isWarning) {
        assertThat(new PollSchedule(cron, ZoneId.of(zone)).warning(SUMMER).isPresent())
                .isEqualTo(isWarning);
    }

    @Test
    void a_cron_that_is_read_in_a_zone_fires_by_its_wall_clock() {
        PollSchedule noon = new PollSchedule("0 0 12 * * ?", ZoneId.of("Europe/Berlin"));

        assertThat(noon.next(SUMMER)).contains(Instant.parse("2026-07-01T10:00:00Z"));
    }
}
