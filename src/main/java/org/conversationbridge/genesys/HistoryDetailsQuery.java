// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.history.FinishedConversation;

/**
 * The details query for the conversations of many agents that have ended, the newest end first. The interval reaches back
 * as far as conversations last, as the answer depends on the day on which they began; the pages are read until the window
 * begins.
 */
final class HistoryDetailsQuery implements HistoryApi {
    private final Interval window;
    private final int agentsPerQuery;
    private final LookBack lookBack;
    private final int pageSize;
    private final DescendingEnds ends;

    HistoryDetailsQuery(Interval window, int agentsPerQuery, LookBack lookBack, int pageSize) {
        this.window = window;
        this.agentsPerQuery = agentsPerQuery;
        this.lookBack = lookBack;
        this.pageSize = pageSize;
        this.ends =
                new DescendingEnds(window, window.from().minus(FinishedConversationReader.LONGEST_WRAP_UP), lookBack);
    }

    @Override
    public PageWalk walk(List<String> userIds) {
        List<List<String>> groups = new ArrayList<>();
        for (int i = 0; i < userIds.size(); i += agentsPerQuery) {
            groups.add(userIds.subList(i, Math.min(i + agentsPerQuery, userIds.size())));
        }
        return new PageWalk(parts(groups.stream()), pageSize);
    }

    @Override
    public GenesysRequest request(PageWalk walk) {
        return DetailsQuery.newestFirst(walk.part().interval(), lookBack.endOrder())
                .anySegment("userId", walk.part().userIds())
                .conversationEnd("exists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    @Override
    public List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> conversations = ActiveConversationsApi.elements(answer, "conversations");
        lookBack.accepted();
        ends.advance(walk, conversations, answer);
        return conversations;
    }

    @Override
    public boolean isPartial() {
        return ends.isPartial() || !lookBack.reachesWhatEnded(window);
    }

    @Override
    public boolean askDifferently(PageWalk walk, Throwable failure) {
        if (lookBack.isShortenedAfter(failure, walk) || lookBack.isReorderedAfter(failure)) {
            walk.replace(parts(walk.left().stream().map(PageWalk.Part::userIds).distinct().toList().stream()));
            return true;
        }
        return walk.askDifferently(failure);
    }

    @Override
    public Map<String, FinishedConversation> read(JsonNode conversation, Set<String> userIds) {
        return FinishedConversationReader.read(conversation, userIds, window);
    }

    private List<PageWalk.Part> parts(Stream<List<String>> groups) {
        List<Interval> intervals = lookBack.ended(window);
        return groups.flatMap(group -> intervals.stream().map(interval -> new PageWalk.Part(interval, group)))
                .toList();
    }
}
