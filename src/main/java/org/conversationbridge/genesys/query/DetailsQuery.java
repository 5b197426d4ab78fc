// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;

/**
 * The body of {@code POST /api/v2/analytics/conversations/details/query}. Source: the Platform API's
 * {@code ConversationQuery} of 2026-07: one interval, filters on segments and on conversations, paging; the filters
 * choose conversations, each comes back whole.
 */
final class DetailsQuery {
    static final String PATH = "/api/v2/analytics/conversations/details/query";

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();

    private DetailsQuery(Interval interval, String order, String orderBy) {
        body.put("interval", interval.toString()).put("order", order).put("orderBy", orderBy);
    }

    /** The oldest first. */
    static DetailsQuery oldestFirst(Interval interval) {
        return new DetailsQuery(interval, "asc", "conversationStart");
    }

    /** The newest first, by begin or end: {@code conversationStart} or {@code conversationEnd}. */
    static DetailsQuery newestFirst(Interval interval, String orderBy) {
        return new DetailsQuery(interval, "desc", orderBy);
    }

    /** Only conversations in which one of the values occurs. No values = no filter. */
    DetailsQuery anySegment(String dimension, List<String> values) {
        if (!values.isEmpty()) {
            ObjectNode filter = body.withArray("segmentFilters").addObject().put("type", "or");
            values.forEach(value -> filter.withArray("predicates")
                    .addObject()
                    .put("type", "dimension")
                    .put("dimension", dimension)
                    .put("operator", "matches")
                    .put("value", value));
        }
        return this;
    }

    /**
     * Only conversations that have ended, or only those that have not.
     *
     * @param operator {@code exists} or {@code notExists}
     */
    DetailsQuery conversationEnd(String operator) {
        body.withArray("conversationFilters")
                .addObject()
                .put("type", "and")
                .withArray("predicates")
                .addObject()
                .put("type", "dimension")
                .put("dimension", "conversationEnd")
                .put("operator", operator);
        return this;
    }

    GenesysRequest page(String operation, int pageSize, int pageNumber) {
        body.putObject("paging").put("pageSize", pageSize).put("pageNumber", pageNumber);
        return GenesysRequest.post(operation, PATH, body.toString());
    }
}
