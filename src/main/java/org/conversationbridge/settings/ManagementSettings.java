// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * Where health and metrics are served, and when the bridge counts as ready.
 *
 * @param port 0 = any free one
 * @param pollMaxAge age of the last good poll above which ready is DOWN
 */
public record ManagementSettings(String host, int port, Duration pollMaxAge) {
    static ManagementSettings from(Values values) {
        return new ManagementSettings(
                values.name("management.host"),
                values.number("management.port", 0, 65_535),
                values.duration("health.poll-max-age", Duration.ofSeconds(1), Duration.ofDays(1)));
    }
}
