// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.conversationbridge.conversation.Conversation;

/**
 * The details query for conversations that have no end: what a client without a user can ask. Oldest first, so that a
 * conversation that begins meanwhile comes after what is already read.
 */
final class ActiveDetailsQuery extends ActiveConversationsApi {
    private final Clock clock;
    private final List<String> mediaTypes;
    private final Duration lookback;
    private final Duration longestInterval;
    private final int pageSize;

    ActiveDetailsQuery(
            Clock clock, List<String> mediaTypes, Duration lookback, Duration longestInterval, int pageSize) {
        this.clock = clock;
        this.mediaTypes = mediaTypes;
        this.lookback = lookback;
        this.longestInterval = longestInterval;
        this.pageSize = pageSize;
    }

    @Override
    PageWalk walk() {
        return new PageWalk(
                Interval.before(clock.instant(), lookback).pieces(longestInterval).stream()
                        .map(interval -> new PageWalk.Part(interval, List.of()))
                        .toList(),
                pageSize);
    }

    @Override
    GenesysRequest request(PageWalk walk) {
        return new DetailsQuery(walk.part().interval(), "asc")
                .anySegment("mediaType", mediaTypes)
                .conversationEnd("notExists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    @Override
    List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> entities = elements(answer, "conversations");
        walk.advance(Page.ofQuery(entities, answer));
        return entities;
    }

    @Override
    Conversation read(JsonNode entity) {
        return AnalyticsConversationReader.read(entity);
    }
}
