// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.util.List;

/**
 * How active conversations are found.
 *
 * @param mediaTypes the media to report; empty = every one
 * @param lookback how far back an active conversation may have started
 * @param pageSize conversations per request
 * @param changesPerPage changed conversations per page message
 * @param partitions in which pages are worked on at the same time
 * @param remembered how long a conversation is remembered that polls find no more
 */
public record PollSettings(
        PollSource source,
        List<String> mediaTypes,
        Duration lookback,
        int pageSize,
        int changesPerPage,
        int partitions,
        Duration remembered) {

    private static final String ALL = "all";

    static PollSettings from(Values values, Dialect dialect) {
        values.read("poll.cron", PollSettings::checkCron);
        PollSource source = values.choice("poll.source", PollSource.class);
        if (dialect == Dialect.TUTORIAL && source == PollSource.ANALYTICS) {
            values.problem(
                    "poll.source", "the tutorial dialect has no analytics query for active conversations; use auto");
        }
        List<String> media = values.words("poll.media-types");
        if (media.contains(ALL) || media.isEmpty()) {
            media = dialect == Dialect.TUTORIAL ? List.of("voice") : List.of();
        } else if (dialect == Dialect.TUTORIAL && media.size() > 1) {
            values.problem("poll.media-types", "the tutorial dialect asks for one media type; name one");
        }
        values.number("page.consumers", 1, 64);
        return new PollSettings(
                source,
                media,
                values.duration("poll.lookback", Duration.ofMinutes(1), Duration.ofDays(365)),
                values.number("poll.page-size", 1, 100),
                values.number("page.size", 1, 100),
                values.number("page.partitions", 1, 64),
                values.duration("checkpoint.remember", Duration.ofMinutes(1), Duration.ofDays(365)));
    }

    private static String checkCron(String cron) {
        try {
            new org.quartz.CronExpression(cron);
            return cron;
        } catch (java.text.ParseException e) {
            throw new IllegalArgumentException(
                    "'" + cron + "' is not a Quartz cron expression (seconds minutes hours day month weekday): "
                            + e.getMessage(),
                    e);
        }
    }
}
