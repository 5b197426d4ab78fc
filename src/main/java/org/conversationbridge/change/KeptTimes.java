// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which times the bridge keeps in what it stores on the broker. Any client that may send to a queue can have written
 * another, which no calendar or arithmetic can work with.
 */
public final class KeptTimes {
    /** Earlier than Genesys Cloud itself. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** What an answer of Genesys Cloud may report, and a day before for what is calculated from it. */
    private static final Instant EARLIEST_REPORTED = Instant.EPOCH.minusSeconds(86_400);

    private static final Instant LATEST_REPORTED = Instant.parse("9999-12-31T23:59:59.999Z");

    private KeptTimes() {}

    /** Whether each can be one at which the bridge did, or is to do, something; those that are absent can. */
    public static boolean areOurs(@Nullable Instant... times) {
        return areBetween(EARLIEST, LATEST, times);
    }

    /** Whether each can be one that Genesys Cloud reported; those that are absent can. */
    public static boolean areReported(@Nullable Instant... times) {
        return areBetween(EARLIEST_REPORTED, LATEST_REPORTED, times);
    }

    private static boolean areBetween(Instant earliest, Instant latest, @Nullable Instant... times) {
        return Stream.of(times).allMatch(time -> time == null || !time.isBefore(earliest) && !time.isAfter(latest));
    }
}
