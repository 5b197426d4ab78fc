// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.time.Clock;
import java.util.List;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;

/** Begins look-ups of histories in the dialect that is spoken. */
public final class HistoryLookups {
    private final HistoryApi api;
    private final HistorySettings settings;
    private final Clock clock;

    public HistoryLookups(HistorySettings settings, PollSettings poll, Dialect dialect, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.api = dialect == Dialect.TUTORIAL
                ? new TutorialHistoryQuery(poll.mediaTypes().get(0), settings.pageSize())
                : new HistoryDetailsQuery(settings.agentsPerQuery(), settings.maxInterval(), settings.pageSize());
    }

    /** A look-up of the window that ends now. Of nobody: it asks nothing. */
    public HistoryLookup begin(List<String> userIds) {
        return new HistoryLookup(
                api, Interval.before(clock.instant(), settings.window()), userIds, settings.maxPages());
    }
}
