// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.poll.PollLog;

/**
 * Ready only while polls go through. A process that gets no poll request is standing by for the one that does, and is
 * ready once it has waited as long as a poll may be old. One whose polls fail before they begin is not standing by.
 */
public final class PollCheck extends AbstractHealthCheck {
    private final PollLog polls;
    private final Duration maxAge;
    private final Clock clock;
    private final Instant start;

    public PollCheck(PollLog polls, Duration maxAge, Clock clock) {
        super("conversation-bridge", "poll");
        this.polls = polls;
        this.maxAge = maxAge;
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<Duration> age = polls.lastGoodAge();
        String failure =
                polls.lastFailure().map(code -> ", last failure " + code).orElse("");
        if (age.isPresent()) {
            String told = "last good poll " + age.get().toSeconds() + " s ago, limit " + maxAge.toSeconds() + " s";
            result.message(told + failure)
                    .state(stateOf(!age.get().isNegative() && age.get().compareTo(maxAge) <= 0));
        } else if (polls.hasBegun() || polls.lastFailure().isPresent()) {
            result.message("no good poll yet" + failure).down();
        } else {
            boolean standby = Duration.between(start, clock.instant()).compareTo(maxAge) > 0;
            result.message(standby ? "standing by: another process polls" : "no poll yet")
                    .state(stateOf(standby));
        }
    }

    private static State stateOf(boolean up) {
        return up ? State.UP : State.DOWN;
    }
}
