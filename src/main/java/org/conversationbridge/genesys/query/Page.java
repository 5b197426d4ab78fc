// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer says about the page it is. Source of the fields: {@code ConversationEntityListing} and
 * {@code AnalyticsConversationQueryResponse} of the Platform API's description, 2026-07; each may be absent.
 *
 * @param ids of its rows; its place and the row itself if it has none
 * @param size rows per page, as the server states them; 0 = not stated
 * @param pages how many there are; 0 = not stated
 * @param total rows of all pages; 0 = not stated
 * @param isApproximate whether the total is: {@code totalHits} of the details query, whose index lags
 * @param isFollowed whether the answer links to a next page
 */
record Page(List<String> ids, long size, long pages, long total, boolean isApproximate, boolean isFollowed) {
    /** Of a details query whose total may be off: one in so many. */
    private static final int TOLERATED = 50;

    Page {
        ids = List.copyOf(ids);
    }

    /** A page of a listing: it states rows and pages. */
    static Page ofListing(List<JsonNode> entities, JsonNode answer) {
        return new Page(
                ids(entities, "id"),
                stated(answer, "pageSize"),
                stated(answer, "pageCount"),
                stated(answer, "total"),
                false,
                !answer.path("nextUri").asText("").isEmpty());
    }

    /** A page of a details query: it states nothing but {@code totalHits}. */
    static Page ofQuery(List<JsonNode> conversations, JsonNode answer) {
        return new Page(ids(conversations, "conversationId"), 0, 0, stated(answer, "totalHits"), true, false);
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /**
     * Whether there is something on the pages after this one. What the answer states takes precedence over the size
     * that was requested: a server may have a smaller maximum, or take no size at all.
     *
     * @param number of this page
     * @param askedSize rows per page that were requested; 0 = none
     * @param rowsRead different rows up to here
     */
    boolean promisesMore(int number, int askedSize, int rowsRead) {
        if (total > rowsRead) {
            return true;
        }
        if (pages > 0) {
            return number < pages;
        }
        if (total == rowsRead && !isApproximate && total > 0) {
            return false;
        }
        long fullSize = size > 0 ? size : askedSize;
        return isFollowed || fullSize > 0 && ids.size() >= fullSize;
    }

    /**
     * Whether it is full and reaches a total that is approximate: then it is not known whether another one follows.
     *
     * @param askedSize rows per page that were requested
     * @param rowsRead different rows up to here
     */
    boolean isFullAtTotal(int askedSize, int rowsRead) {
        return isApproximate && !isEmpty() && total == rowsRead && ids.size() >= askedSize && askedSize > 0;
    }

    /** How many of the rows that were stated need not be found. */
    static long tolerated(long stated, boolean isApproximate) {
        return isApproximate ? stated / TOLERATED : 0;
    }

    private static List<String> ids(List<JsonNode> rows, String field) {
        List<String> ids = new ArrayList<>();
        for (JsonNode row : rows) {
            JsonNode id = row.path(field);
            ids.add(id.isTextual() ? id.textValue() : ids.size() + " " + row);
        }
        return ids;
    }

    private static long stated(JsonNode answer, String field) {
        JsonNode number = answer.path(field);
        return number.isNumber() && !number.canConvertToLong() ? 0 : Math.max(0, number.asLong(0));
    }
}
