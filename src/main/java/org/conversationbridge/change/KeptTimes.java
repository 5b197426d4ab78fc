// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Duration;
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

    /** How far a stored time may lie ahead of Genesys Cloud's now: more than clocks differ. */
    public static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    /**
     * How far ahead a time may lie that a process noted by a clock that was wrong. One that is further ahead was
     * written by another client.
     */
    public static final Duration MOST_WRONG = Duration.ofDays(1);

    private KeptTimes() {}

    /** Whether each can be one at which the bridge did, or is to do, something; those that are absent can. */
    public static boolean areOurs(@Nullable Instant... times) {
        return areBetween(EARLIEST, LATEST, times);
    }

    /** Whether each can be one that Genesys Cloud reported; those that are absent can. */
    public static boolean areReported(@Nullable Instant... times) {
        return areBetween(EARLIEST_REPORTED, LATEST_REPORTED, times);
    }

    /** A stored time, as that now if it is further ahead of it than clocks differ. */
    static @Nullable Instant asOf(Instant now, @Nullable Instant time) {
        return time != null && isAhead(now, time) ? now : time;
    }

    /** Whether a time is further ahead of Genesys Cloud's now than clocks differ. */
    static boolean isAhead(Instant now, Instant time) {
        return time.isAfter(now.plus(MOST_AHEAD));
    }

    private static boolean areBetween(Instant earliest, Instant latest, @Nullable Instant... times) {
        return Stream.of(times).allMatch(time -> time == null || !time.isBefore(earliest) && !time.isAfter(latest));
    }
}
