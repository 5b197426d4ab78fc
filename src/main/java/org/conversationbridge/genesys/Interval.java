// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.text.Times;

/**
 * A time span as analytics queries take it, in whole milliseconds.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record Interval(Instant from, Instant to) {
    public Interval {
        from = from.truncatedTo(ChronoUnit.MILLIS);
        to = to.truncatedTo(ChronoUnit.MILLIS);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(from + " is not before " + to);
        }
    }

    /** The interval of a length that ends at an instant. */
    public static Interval before(Instant to, Duration length) {
        return new Interval(to.minus(length), to);
    }

    /** {@code from/to} in UTC with milliseconds: the one form the details query takes. */
    @Override
    public String toString() {
        return Times.text(from) + "/" + Times.text(to);
    }

    /** From its beginning to its end. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether an instant is in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }

    /** What both have. */
    public Optional<Interval> shared(Interval other) {
        Instant begin = from.isAfter(other.from) ? from : other.from;
        Instant end = to.isBefore(other.to) ? to : other.to;
        return begin.isBefore(end) ? Optional.of(new Interval(begin, end)) : Optional.empty();
    }

    /** Cut into pieces no longer than {@code longest}, the latest first. */
    public List<Interval> pieces(Duration longest) {
        List<Interval> pieces = new ArrayList<>();
        Instant end = to;
        while (Duration.between(from, end).compareTo(longest) > 0) {
            pieces.add(new Interval(end.minus(longest), end));
            end = end.minus(longest);
        }
        pieces.add(new Interval(from, end));
        return pieces;
    }

    /** The two halves, the later first. */
    public List<Interval> halves() {
        Instant middle = from.plus(length().dividedBy(2));
        return List.of(new Interval(middle, to), new Interval(from, middle));
    }
}
