// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.clock;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of Genesys Cloud, by which everything that it reports is dated, and so by which it is compared and kept.
 * Every process measures the same clock; the clocks of their machines may be any.
 *
 * <p>Each answer has a {@code Date}, in whole seconds: the answer was made in that second, and between the request and
 * its arrival here. That leaves a range for how far the two clocks are apart. If the ranges of two answers in a row
 * meet, the difference that is used is moved into what they share; so one wrong {@code Date} changes nothing, and
 * clocks that agree are left alone. Until then, and where the difference is beyond {@link #MOST}, it is the clock of
 * this machine. A {@code Date} that stands still (a cache, a recording) is no clock. If no answer has one, the
 * difference stays as it was last known.
 *
 * <p>While a machine is suspended, the own clock stands still. The first answer after that contradicts the difference,
 * and the second one confirms that: until then the clock is {@linkplain #isInDoubt in doubt}. Safe for many threads.
 */
public final class GenesysClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(GenesysClock.class);

    /** Two clocks that are further apart are not compared: one of them is broken. */
    static final Duration MOST = Duration.ofDays(7);
    /** The longest suspension of a machine whose difference was known before. */
    static final Duration LONGEST_SUSPENSION = Duration.ofDays(90);
    /** A difference that is worth a line. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(2);
    /** So many answers in a row without a date are no accident. */
    private static final int MANY = 5;

    private static final Duration RESOLUTION = Duration.ofSeconds(1);
    /** Two clocks that are never set drift apart by no more than one part in so many. */
    private static final long DRIFT = 10_000;

    /** In that time one that stands still moves the difference by less than what is {@link #NOTEWORTHY}. */
    private static final Duration LONGEST_SAME_DATE = Duration.ofSeconds(2);

    /** How far the clock of Genesys Cloud is ahead of the own one. */
    private record Range(Duration least, Duration most) {
        Range shared(Range other) {
            return new Range(max(least, other.least), min(most, other.most));
        }

        Range widened(Duration by) {
            return new Range(least.minus(by), most.plus(by));
        }

        boolean isEmpty() {
            return least.compareTo(most) > 0;
        }

        Duration nearest(Duration to) {
            return max(least, min(most, to));
        }

        private static Duration max(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }

        private static Duration min(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    private final Clock steady;
    private Duration ahead = Duration.ZERO;
    private Instant latest = Instant.MIN;
    private @Nullable Range last;
    private Instant lastAt = Instant.EPOCH;
    private @Nullable Instant lastDate;
    private Instant lastDateSince = Instant.MIN;
    private boolean isBroken;
    private boolean isKnown;
    private boolean isInDoubt;
    private int undated;

    /** @param steady the own clock, which is never set: a {@link SteadyClock} */
    public GenesysClock(Clock steady) {
        this.steady = steady;
    }

    /**
     * An answer of Genesys Cloud came, just now.
     *
     * @param sent when it was requested, by the own clock
     * @param date its {@code Date} header; empty if it has none. Anything that is no HTTP date is passed by
     */
    public synchronized void answered(Instant sent, String date) {
        Instant received = steady.instant();
        Instant told = parse(date);
        if (told == null) {
            undated();
            return;
        }
        undated = 0;
        if (standsStill(told, received)) {
            isInDoubt = false;
            return;
        }
        Range range = new Range(
                Duration.between(received, told), Duration.between(sent, told).plus(RESOLUTION));
        if (range.most().plus(MOST).isNegative() || isTooFarAhead(range)) {
            isInDoubt = false;
            broken(told);
            return;
        }
        Range shared = last == null
                ? null
                : last.widened(Duration.between(lastAt, received).dividedBy(DRIFT))
                        .shared(range);
        last = range;
        lastAt = received;
        if (shared != null && !shared.isEmpty()) {
            move(shared.nearest(ahead));
        }
        isInDoubt = range.nearest(ahead).minus(ahead).abs().compareTo(NOTEWORTHY) > 0;
    }

    private boolean isTooFarAhead(Range range) {
        return range.least().minus(isKnown ? ahead : Duration.ZERO).compareTo(isKnown ? LONGEST_SUSPENSION : MOST) > 0;
    }

    /** It confirms no doubt, and none that follows may: a poll would be discarded again and again. */
    private void undated() {
        isInDoubt = false;
        undated++;
        if (undated == MANY) {
            LOG.warn("clock: answers of Genesys Cloud have no readable Date. The difference between its clock and this"
                    + " machine's stays as it was last known; a suspension of this machine is not noticed. Check the proxy,"
                    + " and NTP on this machine.");
        }
    }

    /**
     * Whether the last answer contradicts the difference that is used. The next one shows which of the two is right.
     */
    public synchronized boolean isInDoubt() {
        return isInDoubt;
    }

    /** How far the clock of Genesys Cloud is ahead of the own one, as far as is known. */
    public synchronized Duration ahead() {
        return ahead;
    }

    private boolean standsStill(Instant told, Instant received) {
        if (!told.equals(lastDate)) {
            lastDate = told;
            lastDateSince = received;
        }
        return lastDateSince.plus(LONGEST_SAME_DATE).isBefore(received);
    }

    private void move(Duration now) {
        if (now.minus(ahead).abs().compareTo(NOTEWORTHY) > 0) {
            LOG.warn(
                    "clock: Genesys Cloud's clock is {} s {} this machine's. Genesys Cloud's time is used; nothing"
                            + " is lost. Check NTP on this machine, unless it was suspended.",
                    now.abs().toSeconds(),
                    now.isNegative() ? "behind" : "ahead of");
        }
        ahead = now;
        isKnown = true;
        isBroken = false;
    }

    private void broken(Instant told) {
        if (!isBroken) {
            isBroken = true;
            LOG.warn(
                    "clock: Genesys Cloud's time is {}, this machine's {}. The difference is implausible; this"
                            + " machine's time is used. Set its clock.",
                    told,
                    steady.instant());
        }
    }

    /** What time it is there. It goes back only if it was wrong by seconds. */
    @Override
    public synchronized Instant instant() {
        Instant now = steady.instant().plus(ahead);
        if (!now.isBefore(latest) || now.plus(NOTEWORTHY).isBefore(latest)) {
            latest = now;
        }
        return latest;
    }

    /** What time it was there at an instant of the own clock. */
    public synchronized Instant at(Instant own) {
        return own.plus(ahead);
    }

    /** What the own clock showed when it was a time there. */
    public synchronized Instant own(Instant there) {
        return there.minus(ahead);
    }

    private static @Nullable Instant parse(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same: it has no zone but UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
