// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the bridge subscribes to.
 *
 * @param topics of the queues and users whose conversations are reported; empty unless {@code poll.source} is
 *     {@code notifications}
 * @param pollInterval time between two polls while notifications come
 */
public record NotificationSettings(List<String> topics, Duration pollInterval) {
    /** The limits of the Platform API: 20 channels of 1,000 topics each. */
    private static final int MOST_TOPICS = 20_000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final String EXAMPLE = "3f1b6a6e-5d0c-4c3e-9a52-0a1b2c3d4e5f";

    public NotificationSettings {
        topics = List.copyOf(topics);
    }

    static NotificationSettings from(Values values, PollSource source, Dialect dialect) {
        List<String> topics = Stream.concat(
                        topics(values, "notifications.queues", "v2.routing.queues."),
                        topics(values, "notifications.users", "v2.users."))
                .toList();
        boolean enabled = source == PollSource.NOTIFICATIONS;
        if (enabled && dialect == Dialect.TUTORIAL) {
            values.problem("poll.source", "the tutorial dialect has no notifications; use auto");
        } else if (enabled && topics.isEmpty()) {
            values.problem(
                    "poll.source",
                    "notifications need the ids of queues or users: set notifications.queues or"
                            + " notifications.users");
        } else if (topics.size() > MOST_TOPICS) {
            values.problem(
                    "notifications.queues",
                    "together with notifications.users these are " + topics.size()
                            + " topics; Genesys Cloud allows 20 channels of 1,000 each");
        }
        return new NotificationSettings(
                enabled ? topics : List.of(),
                values.duration("notifications.poll-interval", Duration.ofSeconds(1), Duration.ofHours(1)));
    }

    /** Whether notifications are to be used. */
    public boolean areWanted() {
        return !topics.isEmpty();
    }

    private static Stream<String> topics(Values values, String key, String prefix) {
        List<String> ids = values.words(key);
        ids.stream()
                .filter(id -> !ID.matcher(id).matches())
                .forEach(
                        id -> values.problem(
                                key,
                                "'" + id + "' is not an id such as " + EXAMPLE
                                        + "; it stands at the end of the address when the queue or user is open in Genesys Cloud"));
        return ids.stream().distinct().map(id -> prefix + id + ".conversations");
    }
}
