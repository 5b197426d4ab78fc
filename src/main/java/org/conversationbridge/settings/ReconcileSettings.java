// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * How the time of an outage is made up for.
 *
 * @param after time since the last good poll from which there is a gap to be closed
 * @param budgetShare per cent of {@code genesys.requests-per-minute} that may be used for it
 */
public record ReconcileSettings(Duration after, int budgetShare) {
    static ReconcileSettings from(Values values) {
        return new ReconcileSettings(
                values.duration("reconcile.after", Duration.ofSeconds(1), Duration.ofDays(31)),
                values.number("reconcile.budget-share", 1, 100));
    }

    /** Time between two requests for it, rounded up to whole milliseconds. */
    Duration requestInterval(Duration requestInterval) {
        return Duration.ofMillis((requestInterval.toMillis() * 100 + budgetShare - 1) / budgetShare);
    }
}
