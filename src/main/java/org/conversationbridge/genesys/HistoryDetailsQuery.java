// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.history.FinishedConversation;

/** The details query for the conversations of many agents that have ended, the latest first. */
final class HistoryDetailsQuery implements HistoryApi {
    private final int agentsPerQuery;
    private final Duration longestInterval;
    private final int pageSize;

    HistoryDetailsQuery(int agentsPerQuery, Duration longestInterval, int pageSize) {
        this.agentsPerQuery = agentsPerQuery;
        this.longestInterval = longestInterval;
        this.pageSize = pageSize;
    }

    @Override
    public PageWalk walk(Interval window, List<String> userIds) {
        List<PageWalk.Part> parts = new ArrayList<>();
        for (int i = 0; i < userIds.size(); i += agentsPerQuery) {
            List<String> together = userIds.subList(i, Math.min(i + agentsPerQuery, userIds.size()));
            window.pieces(longestInterval).forEach(piece -> parts.add(new PageWalk.Part(piece, together)));
        }
        return new PageWalk(parts, pageSize);
    }

    @Override
    public GenesysRequest request(PageWalk walk) {
        return new DetailsQuery(walk.part().interval(), "desc")
                .anySegment("userId", walk.part().userIds())
                .conversationEnd("exists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    @Override
    public List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> conversations = ActiveConversationsApi.elements(answer, "conversations");
        walk.advance(Page.ofQuery(conversations, answer));
        return conversations;
    }

    @Override
    public Map<String, FinishedConversation> read(JsonNode conversation, Set<String> userIds, Interval window) {
        return FinishedConversationReader.read(conversation, userIds, window);
    }
}
