// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When polls are due.
 *
 * @param cron a Quartz cron expression
 * @param zone in which it is read
 */
public record PollSchedule(String cron, ZoneId zone) {
    private static final Duration HOUR = Duration.ofHours(1);

    static PollSchedule from(Values values) {
        String cron = values.read("poll.cron", PollSchedule::checkCron);
        return new PollSchedule(cron, values.read("poll.time-zone", PollSchedule::zone));
    }

    /** The first fire time after an instant; empty if there is none. */
    public Optional<Instant> next(Instant after) {
        try {
            CronExpression due = new CronExpression(cron);
            due.setTimeZone(TimeZone.getTimeZone(zone));
            return Optional.ofNullable(due.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalStateException("poll.cron was checked before", e);
        }
    }

    /**
     * What is to be known of it: where a zone has summer time, Quartz skips the fire times of the hour that comes
     * twice.
     *
     * @param now when it begins to be used
     */
    public Optional<String> warning(Instant now) {
        boolean isOften =
                period(now).filter(period -> period.compareTo(HOUR) < 0).isPresent();
        boolean hasSummerTime = zone.getRules().nextTransition(now) != null;
        return isOften && hasSummerTime
                ? Optional.of(
                        "poll.time-zone=" + zone + " has daylight saving time: when it ends, there is no poll for an"
                                + " hour, and changes are sent after it. poll.time-zone=UTC avoids this.")
                : Optional.empty();
    }

    /** Time between the next two polls of the cron that is set; empty if it is none, or fires once at most. */
    static Optional<Duration> period(Values values) {
        String cron = values.text("poll.cron");
        return CronExpression.isValidExpression(cron)
                ? new PollSchedule(cron, ZoneOffset.UTC).period(Instant.now())
                : Optional.empty();
    }

    private Optional<Duration> period(Instant now) {
        return next(now).flatMap(first -> next(first).map(second -> Duration.between(first, second)));
    }

    private static String checkCron(String cron) {
        try {
            if (new CronExpression(cron).getNextValidTimeAfter(Date.from(Instant.now())) == null) {
                throw new IllegalArgumentException(
                        "'" + cron + "' never fires again: there is no such day, or its year is over");
            }
            return cron;
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "'" + cron + "' is not a Quartz cron expression (seconds minutes hours day month weekday): "
                            + e.getMessage(),
                    e);
        }
    }

    /** Only what Quartz knows as well: it takes an unknown one for UTC without a word. */
    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a time zone; use UTC, or a name like Europe/Berlin or America/New_York");
        }
        return ZoneId.of(name);
    }
}
