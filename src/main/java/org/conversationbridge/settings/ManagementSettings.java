// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * Where health and metrics are served, and when the bridge is treated as ready.
 *
 * @param port 0 = any free one
 * @param pollMaxAge age of the last good poll above which ready is DOWN
 */
public record ManagementSettings(String host, int port, Duration pollMaxAge) {
    /** Polls that are further apart are no poll cron to be watched: a pause at night, or none but at a request. */
    private static final Duration MOST_SAID = Duration.ofHours(1);

    static ManagementSettings from(Values values) {
        Duration pollMaxAge = values.duration("health.poll-max-age", Duration.ofSeconds(1), Duration.ofDays(1));
        PollSchedule.period(values)
                .filter(period -> pollMaxAge.compareTo(period) < 0 && period.compareTo(MOST_SAID) <= 0)
                .ifPresent(period -> values.problem(
                        values.isGiven("health.poll-max-age") ? "health.poll-max-age" : "poll.cron",
                        "polls are " + period.toSeconds()
                                + " s apart (poll.cron), so ready would be DOWN between them; set"
                                + " health.poll-max-age to more than that, ideally four times as much"));
        return new ManagementSettings(values.host("management.host"), port(values), pollMaxAge);
    }

    private static int port(Values values) {
        int port = values.number("management.port", 0, 65_535);
        if (port != 0 && values.optional("broker.url").isEmpty() && port == values.number("broker.port", 0, 65_535)) {
            values.problem(
                    "management.port", port + " is the port of the embedded broker too (broker.port); set another");
        }
        return port;
    }
}
