// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.reading.FinishedConversationReader;
import org.conversationbridge.history.FinishedConversation;

/**
 * The details query for the conversations of many agents that have ended, the newest end first. The interval reaches
 * back as far as conversations last, as the answer depends on the day on which they began; the pages are read until the
 * window begins.
 */
final class HistoryDetailsApi implements HistoryApi {
    private final Interval window;
    private final Batches batches;
    private final LookBack lookBack;
    private final LargestPage largest;
    private final DescendingEnds ends;
    private final RefusedAgents refusals = new RefusedAgents();

    HistoryDetailsApi(Interval window, Batches batches, LookBack lookBack, LargestPage largest) {
        this.window = window;
        this.batches = batches;
        this.lookBack = lookBack;
        this.largest = largest;
        this.ends =
                new DescendingEnds(window, window.from().minus(FinishedConversationReader.LONGEST_WRAP_UP), lookBack);
    }

    @Override
    public PageWalk walk(List<String> userIds) {
        return new PageWalk(parts(batches.of(userIds).stream()), largest, new StatedTotals());
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
        refusals.accepted();
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
        return walk.askDifferently(failure) || refusals.halve(walk, failure);
    }

    @Override
    public Set<String> refused() {
        return refusals.refused();
    }

    @Override
    public Set<String> leftOut() {
        return refusals.leftOut();
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
