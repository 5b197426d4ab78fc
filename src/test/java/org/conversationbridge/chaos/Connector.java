// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.conversationbridge.distribution.Program;

/**
 * One life of a connector.
 *
 * @param name unique, sent with each of its requests
 * @param place which of the connectors that run at the same time
 */
record Connector(String name, int place, Program program) {
    /** Its log has times with milliseconds; rounding must not hide a failure. */
    private static final Duration MARGIN = Duration.ofMillis(50);

    /** Whether a poll of it broke off meanwhile. */
    boolean failedBetween(Instant from, Instant to) {
        return failures().anyMatch(at -> !at.isBefore(from.minus(MARGIN)) && !at.isAfter(to.plus(MARGIN)));
    }

    private Stream<Instant> failures() {
        return program.lines().stream()
                .filter(line -> line.contains("poll failed"))
                .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' ')))
                        .toInstant());
    }
}
