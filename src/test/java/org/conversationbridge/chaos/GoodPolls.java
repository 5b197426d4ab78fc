// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The polls that went through: every page was answered, and the connector did not log a failure. */
record GoodPolls(PollWatch watch, Connectors connectors) {
    List<WholePoll> all() {
        return watch.wholePolls().stream()
                .filter(poll -> !connectors.life(poll.connector()).failedBetween(poll.from(), poll.next()))
                .toList();
    }

    /** Whether one came in time that began after an instant. */
    boolean await(Instant after, Duration atMost) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .until(() -> all().stream().anyMatch(poll -> poll.from().isAfter(after)));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
