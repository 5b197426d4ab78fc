// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
    /** Source: mediaType of the analytics details query, and of the segments and sessions in its answers. */
    private static final Set<String> MEDIA = new TreeSet<>(Set.of(
            "callback",
            "chat",
            "cobrowse",
            "email",
            "internalmessage",
            "message",
            "screenmonitoring",
            "screenshare",
            "social",
            "unknown",
            "video",
            "voice"));

    static PollSettings from(Values values, Dialect dialect) {
        PollSource source = values.choice("poll.source", PollSource.class);
        if (dialect == Dialect.TUTORIAL && source == PollSource.ANALYTICS) {
            values.problem(
                    "poll.source", "the tutorial dialect has no analytics query for active conversations; use auto");
        }
        List<String> media = values.words("poll.media-types");
        if (media.contains(ALL) || media.isEmpty()) {
            media = dialect == Dialect.TUTORIAL ? List.of("voice") : List.of();
        } else if (dialect == Dialect.TUTORIAL && media.size() > 1) {
            values.problem("poll.media-types", "the tutorial dialect queries one media type; name one");
        }
        media.stream()
                .filter(medium -> !MEDIA.contains(medium))
                .forEach(medium -> values.problem(
                        "poll.media-types",
                        "'" + medium + "' is not a media type; use all, or some of " + String.join(", ", MEDIA)));
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
}
