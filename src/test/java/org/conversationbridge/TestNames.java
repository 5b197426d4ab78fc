// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.time.Clock;
import java.time.Duration;
import org.conversationbridge.names.Names;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.settings.NamesSettings;

/** Names for tests. */
public final class TestNames {
    public static final Duration TTL = Duration.ofDays(1);
    public static final Duration RETRY_AFTER = Duration.ofMinutes(15);

    private TestNames() {}

    /** Of every kind; none is known yet. */
    public static Names unknown(WantedNames wanted, Clock clock) {
        return new Names(new NamesSettings(true, true, TTL, RETRY_AFTER, 10), wanted, clock);
    }

    /** Nobody looks for any. */
    public static Names off(Clock clock) {
        return new Names(new NamesSettings(false, true, TTL, RETRY_AFTER, 10), new WantedNames(clock), clock);
    }
}
