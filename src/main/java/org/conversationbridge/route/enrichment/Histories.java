// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.genesys.query.GapWalk;
import org.conversationbridge.genesys.query.HistoryWalk;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.RecentEndsWalk;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.AgentHistory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of agent-history, and some of close-gap and confirm-ended ({@code histories} in the routes). */
public final class Histories {
    private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

    private final AgentHistories histories;
    private final HistoryWalks lookups;
    private final Clock clock;

    public Histories(AgentHistories histories, HistoryWalks lookups, Clock clock) {
        this.histories = histories;
        this.lookups = lookups;
        this.clock = clock;
    }

    /**
     * Begins the look-up of those agents whose history is not known.
     *
     * @param ofPage what was looked up for the page of this change; absent for the page itself
     */
    public HistoryEnquiry begin(@Body AgentsWanted wanted, @Variable("pageHistories") @Nullable PageHistories ofPage) {
        List<String> agents = wanted.agentUserIds();
        Map<String, AgentHistory> given = new HashMap<>(histories.known(agents));
        if (ofPage != null) {
            agents.forEach(agent -> given.computeIfAbsent(agent, ofPage.byAgent()::get));
        }
        List<String> others =
                agents.stream().filter(agent -> !given.containsKey(agent)).toList();
        return new HistoryEnquiry(lookups.begin(histories.missing(others), histories::isAlone), histories, given);
    }

    /** Keeps what was found, and notes the agents of whom nothing is. */
    public void found(@Variable("historyLookup") HistoryEnquiry enquiry) {
        HistoryWalk lookup = enquiry.lookup();
        enquiry.given().putAll(histories.found(lookup.histories()));
        lookup.refusal().ifPresent(refusal -> {
            lookup.refused().forEach(userId -> refused(userId, refusal));
            histories.unavailable(lookup.leftOut(), refusal);
        });
    }

    /** What a look-up for a page has given, to be carried by the page; also if a part of it failed. */
    public PageHistories ofPage(@Variable("historyLookup") @Nullable HistoryEnquiry enquiry) {
        return enquiry == null ? PageHistories.NONE : new PageHistories(enquiry.given());
    }

    private void refused(String userId, Throwable refusal) {
        if (histories.refused(userId, refusal)) {
            LOG.warn(
                    "history userId={} refused: {} Other agents are not affected; this one is requested alone, at most"
                            + " once a minute.",
                    userId,
                    FailureText.sentence(refusal));
        }
    }

    /**
     * Takes what conversations that were requested by id have come to: the end may be known without its wrap-up codes,
     * or the conversation have begun so long ago that no look-up finds it.
     */
    public void learn(@Variable("confirmation") ConfirmationWalk lookup) {
        lookup.found().forEach(found -> {
            histories.learn(found.parts());
            Instant startedAt = found.conversation().startedAt();
            if (startedAt != null && !lookups.reaches(startedAt)) {
                histories.keepOutOfReach(found.parts());
            }
        });
    }

    /**
     * Takes what the answers about a gap reported: what was known since then need not be requested again.
     */
    public void renew(@Variable("gapQuery") @Nullable GapWalk query) {
        if (query != null) {
            query.parts().ifPresent(parts -> {
                histories.renew(query.since(), query.until(), parts);
                histories.continueTo(query.since(), query.until(), parts, id -> false);
            });
        }
    }

    /** Takes what has ended since the last poll: what was known by then need not be requested again. */
    public void continueTo(
            @Variable("recentEnds") @Nullable RecentEndsWalk walk, @Variable("checkpoint") Checkpoint checkpoint) {
        if (walk != null) {
            walk.parts().ifPresent(parts -> {
                Set<String> live = checkpoint.live().keySet();
                histories.continueTo(walk.from(), walk.until(), parts, id -> live.contains(id) && !walk.hasEnded(id));
            });
        }
    }

    /** The history for one change: of the agent who has the conversation, or none. */
    public AgentHistory of(@Variable("wanted") AgentsWanted wanted, @Variable("historyLookup") HistoryEnquiry enquiry) {
        List<String> agents = wanted.agentUserIds();
        if (agents.isEmpty()) {
            return AgentHistory.none(clock.instant());
        }
        AgentHistory given = enquiry.given().get(agents.get(0));
        // Of many only that they were requested matters: one of them who is refused is no failure of the others.
        Optional<AgentHistory> history =
                given != null || agents.size() > 1 ? Optional.ofNullable(given) : histories.find(agents.get(0));
        return history.orElseGet(() -> AgentHistory.unavailable(clock.instant()));
    }
}
