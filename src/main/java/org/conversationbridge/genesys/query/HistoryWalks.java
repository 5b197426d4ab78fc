// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;

/** Begins look-ups of histories in the dialect that is spoken. */
public final class HistoryWalks {
    private final HistorySettings settings;
    private final PollSettings poll;
    private final Dialect dialect;
    private final LookBack lookBack;
    private final Clock clock;
    private final LargestPage largest;

    public HistoryWalks(HistorySettings settings, PollSettings poll, Dialect dialect, LookBack lookBack, Clock clock) {
        this.settings = settings;
        this.poll = poll;
        this.dialect = dialect;
        this.lookBack = lookBack;
        this.clock = clock;
        this.largest = new LargestPage(settings.pageSize(), clock);
    }

    /** Whether a look-up finds what agents did in a conversation, by the time at which that began. */
    public boolean reaches(Instant startedAt) {
        return lookBack.reaches(Interval.before(clock.instant(), settings.window()), startedAt);
    }

    /** A look-up of the window that ends now. Of no agents: it makes no query. */
    public HistoryWalk begin(List<String> userIds) {
        return begin(userIds, userId -> false);
    }

    /**
     * The same.
     *
     * @param isAlone whether an agent is to be queried without others
     */
    public HistoryWalk begin(List<String> userIds, Predicate<String> isAlone) {
        Interval window = Interval.before(clock.instant(), settings.window());
        HistoryApi api = dialect == Dialect.TUTORIAL
                ? new TutorialHistoryApi(window, poll.mediaTypes().get(0), settings.pageSize())
                : new HistoryDetailsApi(window, new Batches(settings.agentsPerQuery(), isAlone), lookBack, largest);
        return new HistoryWalk(api, window, userIds, settings.maxPages());
    }
}
