// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenesysClockTest {
    private final MovableClock own = new MovableClock();
    private final GenesysClock clock = new GenesysClock(own);

    @Test
    void is_the_own_one_until_an_answer_came() {
        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_200, -90, -20, -3, 3, 20, 90, 7_200})
    void is_exact_to_a_second_after_two_answers(long seconds) {
        for (int i = 0; i < 2; i++) {
            answer(Duration.ofSeconds(seconds), Duration.ofMillis(130));
        }

        assertThat(clock.instant()).isCloseTo(own.instant().plusSeconds(seconds), within(1_200, ChronoUnit.MILLIS));
    }

    @Test
    void clocks_that_agree_are_left_alone() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            answer(Duration.ZERO, Duration.ofMillis(random.nextInt(500)));
            own.advance(Duration.ofMillis(random.nextInt(15_000)));

            assertThat(clock.instant()).isEqualTo(own.instant());
        }
    }

    @Test
    void never_goes_back_while_it_is_measured_ever_more_exactly() {
        Random random = new Random(2);
        Duration ahead = Duration.ofMillis(90_777);
        answer(ahead, Duration.ofMillis(100));
        answer(ahead, Duration.ofMillis(100));
        Instant last = clock.instant();
        for (int i = 0; i < 1_000; i++) {
            answer(ahead, Duration.ofMillis(random.nextInt(900)));
            own.advance(Duration.ofMillis(random.nextInt(2_000)));

            assertThat(clock.instant()).isAfterOrEqualTo(last);
            last = clock.instant();
            assertThat(last).isCloseTo(own.instant().plus(ahead), within(2, ChronoUnit.SECONDS));
        }
    }

    @Test
    void one_wrong_date_changes_nothing() {
        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ofHours(-3), Duration.ofMillis(10));
        assertThat(clock.instant()).isEqualTo(own.instant());

        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ofHours(3), Duration.ofMillis(10));

        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void follows_a_step_at_the_second_answer_that_reports_it() {
        answer(Duration.ofSeconds(90), Duration.ofMillis(10));
        answer(Duration.ofSeconds(90), Duration.ofMillis(10));

        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ZERO, Duration.ofMillis(10));

        assertThat(clock.instant()).isCloseTo(own.instant(), within(1_200, ChronoUnit.MILLIS));
    }

    @Test
    void a_process_that_stood_by_for_days_knows_the_time_at_its_first_answer() {
        answer(Duration.ofHours(2), Duration.ofMillis(10));
        own.advance(Duration.ofDays(3));

        answer(Duration.ofHours(2).plusSeconds(5), Duration.ofMillis(10));

        assertThat(clock.instant()).isCloseTo(own.instant().plusSeconds(7_205), within(2, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 700, 1_900})
    void one_that_stands_still_is_no_clock(long pause) {
        Instant begin = own.instant().plusMillis(990);
        own.advance(Duration.ofMillis(990));
        for (int i = 0; i < 100; i++) {
            clock.answered(own.instant(), format(begin));
            assertThat(clock.ahead().abs()).isLessThan(Duration.ofSeconds(2));
            assertThat(clock.isInDoubt()).isFalse();
            own.advance(Duration.ofMillis(pause));
        }

        assertThat(clock.instant()).isCloseTo(own.instant(), within(2, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "Thu, 32 Foo 2026 00:00:00 GMT",
                "-1",
                "2026-11-20T10:00:00Z",
                "Fri, 20 Nov +999999999 10:00:00 GMT"
            })
    void what_is_no_date_is_passed_by(String date) {
        clock.answered(own.instant(), date);
        clock.answered(own.instant(), date);

        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void a_time_in_another_age_is_not_believed_and_said_once() {
        try (LogCapture log = LogCapture.of(GenesysClock.class)) {
            for (int i = 0; i < 10; i++) {
                clock.answered(own.instant(), "Thu, 01 Jan 2099 00:00:0" + i + " GMT");
                clock.answered(own.instant(), "Thu, 01 Jan 1970 00:00:0" + i + " GMT");
            }

            assertThat(clock.instant()).isEqualTo(own.instant());
            assertThat(log.messages()).singleElement().asString().contains("Set its clock");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 3_600, 86_400, 8 * 86_400, 60 * 86_400})
    void after_a_suspension_is_in_doubt_until_the_second_answer(long seconds) {
        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ZERO, Duration.ofMillis(10));

        answer(Duration.ofSeconds(seconds), Duration.ofMillis(10));
        assertThat(clock.isInDoubt()).isTrue();
        assertThat(clock.instant()).isEqualTo(own.instant());

        answer(Duration.ofSeconds(seconds), Duration.ofMillis(10));
        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isCloseTo(own.instant().plusSeconds(seconds), within(1_200, ChronoUnit.MILLIS));
    }

    @Test
    void one_wrong_date_is_a_doubt_that_the_next_answer_ends() {
        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ZERO, Duration.ofMillis(10));
        answer(Duration.ofHours(3), Duration.ofMillis(10));
        assertThat(clock.isInDoubt()).isTrue();

        answer(Duration.ZERO, Duration.ofMillis(10));

        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void an_answer_without_a_date_leaves_no_doubt_that_none_could_end() {
        answer(Duration.ofSeconds(10), Duration.ofMillis(10));
        assertThat(clock.isInDoubt()).isTrue();

        clock.answered(own.instant(), "");

        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void answers_without_a_date_leave_it_as_it_was_and_are_logged_once() {
        answer(Duration.ofSeconds(90), Duration.ZERO);
        answer(Duration.ofSeconds(90), Duration.ZERO);
        try (LogCapture log = LogCapture.of(GenesysClock.class)) {
            for (int i = 0; i < 20; i++) {
                own.advance(Duration.ofSeconds(15));
                clock.answered(own.instant(), i % 2 == 0 ? "" : "yesterday");
            }

            assertThat(clock.instant()).isCloseTo(own.instant().plusSeconds(90), within(2, ChronoUnit.SECONDS));
            assertThat(clock.isInDoubt()).isFalse();
            assertThat(log.messages()).singleElement().asString().contains("no readable Date");
        }
    }

    @Test
    void turns_an_instant_of_one_clock_into_that_of_the_other() {
        answer(Duration.ofSeconds(90), Duration.ZERO);
        answer(Duration.ofSeconds(90), Duration.ZERO);

        assertThat(clock.at(own.instant())).isEqualTo(clock.instant());
        assertThat(clock.own(clock.instant())).isEqualTo(own.instant());
    }

    private void answer(Duration ahead, Duration roundTrip) {
        Instant sent = own.instant();
        own.advance(roundTrip.dividedBy(3));
        String date = format(own.instant().plus(ahead));
        own.advance(roundTrip.minus(roundTrip.dividedBy(3)));
        clock.answered(sent, date);
    }

    private static String format(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(instant);
    }
}
