// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.poll.OthersPoll;
import org.conversationbridge.poll.PollLog;

/**
 * Ready only while polls go through: those of this process, or those of another one while this one stands by. One whose
 * polls failed since the other one's last good poll is not standing by.
 */
public final class PollCheck extends AbstractHealthCheck {

    private final PollLog polls;
    private final Supplier<Optional<OthersPoll>> otherPolls;
    private final Duration maxAge;

    /**
     * @param otherPolls the last good poll where this process did not make it; empty if none is known
     * @param maxAge how old the last good poll may be
     */
    public PollCheck(PollLog polls, Supplier<Optional<OthersPoll>> otherPolls, Duration maxAge) {
        super("conversation-bridge", "poll");
        this.polls = polls;
        this.otherPolls = otherPolls;
        this.maxAge = maxAge;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<Duration> own = polls.lastGoodAge();
        Optional<OthersPoll> other = otherPolls.get().filter(poll -> isNewest(poll.age()));
        String failure =
                polls.lastFailure().map(code -> ", last failure " + code).orElse("");
        if (own.filter(this::isYoung).isPresent()) {
            result.message(told("last good poll", own.get()) + failure).up();
        } else if (other.isPresent()) {
            tell(other.get(), failure, result);
        } else if (own.isPresent()) {
            result.message(told("last good poll", own.get()) + failure).down();
        } else {
            result.message("no good poll yet" + failure).down();
        }
    }

    private void tell(OthersPoll other, String failure, HealthCheckResultBuilder result) {
        String whose = other.isOfRunningProcess()
                ? "last good poll of another process"
                : "last good poll, of another process or of this one before it was restarted,";
        if (!isYoung(other.age())) {
            result.message(told("no process polls: " + whose, other.age()) + failure)
                    .down();
        } else if (other.isOfRunningProcess()) {
            result.message(told("standing by: another process polls, its last good poll", other.age()))
                    .up();
        } else {
            result.message(told("waiting for the poll request: " + whose, other.age()))
                    .up();
        }
    }

    /** Whether nothing was tried here since. */
    private boolean isNewest(Duration other) {
        return Stream.of(polls.lastGoodAge(), polls.lastFailureAge())
                .flatMap(Optional::stream)
                .noneMatch(age -> age.compareTo(other) < 0);
    }

    private boolean isYoung(Duration age) {
        return !age.isNegative() && age.compareTo(maxAge) <= 0;
    }

    private String told(String what, Duration age) {
        return what + " " + age.toSeconds() + " s ago, limit " + maxAge.toSeconds() + " s";
    }
}
