// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.conversationbridge.MovableClock;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.poll.OthersPoll;
import org.conversationbridge.poll.PollLog;
import org.junit.jupiter.api.Test;

class PollCheckTest {
    private final MovableClock clock = new MovableClock();
    private final PollLog polls = new PollLog(new RequestBudget(300, clock), clock);
    private Optional<OthersPoll> other = Optional.empty();
    private final PollCheck check = new PollCheck(polls, () -> other, Duration.ofSeconds(60));

    @Test
    void is_not_ready_before_the_first_good_poll() {
        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        polls.begin();
        polls.failed(new IllegalStateException("no"));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getMessage()).contains("no good poll yet, last failure UNEXPECTED");
    }

    @Test
    void is_ready_while_the_last_good_poll_is_young() {
        polls.begin();
        polls.finished();
        clock.advance(Duration.ofSeconds(60));
        assertThat(check.call().getState()).isEqualTo(State.UP);

        clock.advance(Duration.ofSeconds(1));

        Result old = check.call();
        assertThat(old.getState()).isEqualTo(State.DOWN);
        assertThat(old.getMessage()).contains("last good poll 61 s ago, limit 60 s");
    }

    /** Whatever clock is put back: a poll that is still to come says nothing of how it goes now. */
    @Test
    void is_not_ready_where_the_last_good_poll_lies_ahead() {
        polls.begin();
        polls.finished();
        clock.advance(Duration.ofHours(-1));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
    }

    @Test
    void one_whose_polls_fail_before_they_begin_does_not_stand_by() {
        polls.skipped("the checkpoint cannot be read");
        clock.advance(Duration.ofSeconds(61));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getMessage()).contains("no good poll yet, last failure POLL_SKIPPED");
    }

    @Test
    void stands_by_at_once_when_another_process_polls() {
        other = another(5);

        assertThat(check.call().getState()).isEqualTo(State.UP);
        assertThat(check.call().getMessage())
                .contains("standing by: another process polls, its last good poll 5 s ago, limit 60 s");
    }

    /** Of the only process, for as long as no poll request has come since its start. */
    @Test
    void a_poll_of_before_the_start_is_not_said_to_be_of_another_process_that_polls() {
        other = Optional.of(new OthersPoll(Duration.ofSeconds(13), false));

        assertThat(check.call().getState()).isEqualTo(State.UP);
        assertThat(check.call().getMessage())
                .contains(
                        "waiting for the poll request: last good poll, of another process or of this one before it was"
                                + " restarted, 13 s ago, limit 60 s");

        other = Optional.of(new OthersPoll(Duration.ofSeconds(61), false));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getMessage())
                .contains("no process polls: last good poll, of another process or of this one before it was restarted,"
                        + " 61 s ago, limit 60 s");
    }

    @Test
    void does_not_stand_by_when_no_process_polls() {
        clock.advance(Duration.ofHours(1));
        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getMessage()).contains("no good poll yet");

        other = another(61);

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getMessage())
                .contains("no process polls: last good poll of another process 61 s ago, limit 60 s");
    }

    @Test
    void stands_by_when_another_process_took_the_polls_over() {
        polls.begin();
        polls.finished();
        clock.advance(Duration.ofSeconds(61));
        assertThat(check.call().getState()).isEqualTo(State.DOWN);

        other = another(2);

        assertThat(check.call().getState()).isEqualTo(State.UP);
    }

    @Test
    void does_not_stand_by_while_its_own_polls_fail() {
        other = another(5);
        polls.begin();
        polls.failed(new IllegalStateException("no"));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);

        clock.advance(Duration.ofSeconds(6));

        assertThat(check.call().getState()).isEqualTo(State.UP);
    }

    @Test
    void says_nothing_of_liveness() {
        assertThat(check.isLiveness()).isFalse();
        assertThat(check.isReadiness()).isTrue();
    }

    private static Optional<OthersPoll> another(int seconds) {
        return Optional.of(new OthersPoll(Duration.ofSeconds(seconds), true));
    }
}
