// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.reading.AnalyticsConversationReader;

/**
 * The details query for conversations that have no end: what a client without a user can query. Oldest first, so that a
 * conversation that begins meanwhile comes after what is already read.
 */
final class ActiveDetailsApi extends ActiveConversationsApi {
    private final Clock clock;
    private final List<String> mediaTypes;
    private final Duration lookback;
    private final LookBack lookBack;
    private final LargestPage largest;
    private final StatedTotals totals = new StatedTotals();

    ActiveDetailsApi(Clock clock, List<String> mediaTypes, Duration lookback, LookBack lookBack, int pageSize) {
        this.clock = clock;
        this.mediaTypes = mediaTypes;
        this.lookback = lookback;
        this.lookBack = lookBack;
        this.largest = new LargestPage(pageSize, clock);
    }

    @Override
    PageWalk walk() {
        return new PageWalk(parts(), largest, totals);
    }

    @Override
    boolean askDifferently(PageWalk walk, Throwable failure) {
        if (lookBack.isShortenedAfter(failure, walk)) {
            walk.replace(parts());
            return true;
        }
        return super.askDifferently(walk, failure);
    }

    private List<PageWalk.Part> parts() {
        return lookBack.live(clock.instant(), lookback).stream()
                .map(interval -> new PageWalk.Part(interval, List.of()))
                .toList();
    }

    @Override
    GenesysRequest request(PageWalk walk) {
        return DetailsQuery.oldestFirst(walk.part().interval())
                .anySegment("mediaType", mediaTypes)
                .conversationEnd("notExists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    @Override
    List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> entities = elements(answer, "conversations");
        lookBack.accepted();
        walk.advance(Page.ofQuery(entities, answer));
        return entities;
    }

    @Override
    Conversation read(JsonNode entity) {
        return AnalyticsConversationReader.read(entity);
    }
}
