// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollLogTest {
    private final MovableClock clock = new MovableClock();
    private final RequestBudget budget = new RequestBudget(300, clock);
    private final PollLog log = new PollLog(budget, clock);
    private final LogCapture lines = LogCapture.of(PollLog.class);

    @AfterEach
    void stop() {
        lines.close();
    }

    @Test
    void one_line_when_everything_is_delivered() {
        log.begin();
        budget.requestSent();
        log.found();
        log.found();
        log.changed(2);
        log.finished();
        assertThat(lines.messages()).isEmpty();

        log.delivered(log.pollId(), 1, 1, 0);

        assertThat(lines.messages())
                .containsExactly("poll found=2 changed=2 delivered=1 parked=1 requests=1 budget-left=299 took=0ms");
    }

    @Test
    void a_suspension_after_the_last_page_is_none_of_the_poll() {
        GenesysClock genesys = new GenesysClock(clock);
        PollLog polls = new PollLog(new RequestBudget(300, clock), clock, genesys);
        polls.begin();
        Instant begin = clock.instant();
        assertThat(polls.isTimeWrong()).isFalse();

        answer(genesys, Duration.ofMinutes(10));
        answer(genesys, Duration.ofMinutes(10));
        assertThat(polls.runningSince()).isEqualTo(begin);

        polls.begin();
        assertThat(polls.isTimeWrong()).isFalse();
        assertThat(polls.runningSince()).isBetween(begin.plusSeconds(598), begin.plusSeconds(602));
    }

    @Test
    void a_poll_begins_again_twice_at_most_however_often_the_time_changes() {
        GenesysClock genesys = new GenesysClock(clock);
        PollLog polls = new PollLog(new RequestBudget(300, clock), clock, genesys);
        polls.begin();
        int again = 0;
        for (int i = 1; i <= 20; i++) {
            answer(genesys, Duration.ofMinutes(i));
            again += polls.isTimeWrong() ? 1 : 0;
        }

        assertThat(again).isEqualTo(2);
    }

    private void answer(GenesysClock genesys, Duration ahead) {
        genesys.answered(
                clock.instant(),
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant().plus(ahead)));
    }

    @Test
    void at_once_when_nothing_changed() {
        log.begin();
        log.found();
        log.finished();

        assertThat(lines.messages()).singleElement().asString().startsWith("poll found=1 changed=0 delivered=0");
    }

    @Test
    void each_poll_is_logged_with_its_own_figures_although_the_next_has_begun() {
        poll(2);
        String first = log.pollId();
        poll(0);
        assertThat(lines.messages()).singleElement().asString().contains("changed=0");

        log.delivered(first, 2, 0, 0);

        assertThat(lines.messages()).last().asString().contains("changed=2 delivered=2");
    }

    @Test
    void a_poll_that_is_delivered_elsewhere_is_logged_a_few_polls_later() {
        poll(2);
        poll(2);
        poll(2);
        assertThat(lines.messages()).isEmpty();

        poll(2);

        assertThat(lines.messages()).singleElement().asString().contains("changed=2 delivered=0");
    }

    @Test
    void what_a_route_leaves_out_is_logged_and_not_waited_for() {
        log.begin();
        log.changed(3);
        log.finished();

        log.delivered(log.pollId(), 1, 0, 2);

        assertThat(lines.messages()).singleElement().asString().contains("changed=3 delivered=1 left-out=2 parked=0");
        assertThat(log.figures().delivered()).isEqualTo(1);
    }

    @Test
    void a_conversation_that_cannot_be_read_is_no_change() {
        log.begin();
        log.changed(1);
        log.unreadable();
        log.finished();
        assertThat(lines.messages()).isEmpty();

        log.delivered(log.pollId(), 1, 0, 0);

        assertThat(lines.messages()).singleElement().asString().contains("changed=1 delivered=1 parked=1");
    }

    private void poll(int changes) {
        clock.advance(Duration.ofSeconds(15));
        log.begin();
        log.changed(changes);
        log.finished();
    }

    @Test
    void incomplete_polls_are_counted_each_and_logged_once_until_one_is_complete() {
        clock.advance(Duration.ofNanos(33_218_130));
        incomplete();
        incomplete();
        assertThat(lines.messages())
                .filteredOn(line -> line.startsWith("poll incomplete: 75 of 1000 read."))
                .hasSize(1);
        assertThat(log.figures().incompletePolls()).isEqualTo(2);
        assertThat(log.incompleteFor()).isEqualTo(Duration.ofSeconds(15));

        complete();
        assertThat(log.incompleteFor()).isZero();
        assertThat(lines.messages())
                .filteredOn(line -> line.startsWith("polls are complete again"))
                .containsExactly("polls are complete again; they were incomplete since 2026-11-20T10:00:15.033Z");

        complete();
        incomplete();
        assertThat(lines.messages())
                .filteredOn(line -> line.startsWith("poll incomplete"))
                .hasSize(2);
        assertThat(log.figures().polls()).isEqualTo(5);
        assertThat(log.lastFailure()).isEmpty();
    }

    @Test
    void pages_are_read_again_from_time_to_time_only_where_that_did_not_help() {
        clock.advance(Duration.ofSeconds(15));
        log.begin();
        assertThat(log.isReadAgain()).isTrue();
        log.incomplete("short");

        clock.advance(Duration.ofSeconds(15));
        log.begin();
        assertThat(log.isReadAgain()).isFalse();
        log.incomplete("short");

        clock.advance(Duration.ofMinutes(5));
        log.begin();
        assertThat(log.isReadAgain()).isTrue();
        log.incomplete("short");
        clock.advance(Duration.ofSeconds(15));
        log.begin();
        assertThat(log.isReadAgain()).isFalse();

        log.complete();
        assertThat(log.isReadAgain()).isTrue();
    }

    private void incomplete() {
        clock.advance(Duration.ofSeconds(15));
        log.begin();
        log.incomplete("75 of 1000 read");
        log.finished();
    }

    private void complete() {
        clock.advance(Duration.ofSeconds(15));
        log.begin();
        log.complete();
        log.finished();
    }

    @Test
    void a_failed_poll_is_logged_and_corrected_by_the_next() {
        log.begin();
        log.found();
        log.changed(1);
        budget.requestSent();
        log.failed(new IllegalStateException("boom"));
        assertThat(log.lastFailure()).contains("UNEXPECTED");
        assertThat(log.lastGoodAge()).isEmpty();
        assertThat(lines.messages())
                .singleElement()
                .asString()
                .contains("found=1 changed=1 requests=1")
                .doesNotContain("poll found");
        assertThat(lines.messages()).first().asString().contains("poll failed code=UNEXPECTED");

        log.begin();
        log.finished();
        clock.advance(Duration.ofSeconds(7));

        assertThat(log.lastFailure()).isEmpty();
        assertThat(log.lastGoodAge()).contains(Duration.ofSeconds(7));
        assertThat(log.figures().polls()).isEqualTo(1);
        assertThat(log.figures().failedPolls()).isEqualTo(1);
    }
}
