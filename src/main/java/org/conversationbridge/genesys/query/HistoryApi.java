// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.history.FinishedConversation;

/** One look-up of the finished conversations of agents in one way to query them, page by page. Used by one thread. */
interface HistoryApi {
    String OPERATION = "agent history";

    /** The walk through one look-up. */
    PageWalk walk(List<String> userIds);

    /** The request for the page the walk stands at. */
    GenesysRequest request(PageWalk walk);

    /** The conversations of an answer, unread; moves the walk on. */
    List<JsonNode> accept(PageWalk walk, JsonNode answer);

    /** Whether the answers so far leave out something that they should have. */
    default boolean isPartial() {
        return false;
    }

    /**
     * Queries in another way from now on, if that can help.
     *
     * @return false if the failure stands
     */
    default boolean askDifferently(PageWalk walk, Throwable failure) {
        return walk.askDifferently(failure);
    }

    /** Agents for whom a query was refused that was for them alone. */
    default Set<String> refused() {
        return Set.of();
    }

    /** Agents who were left out as too many queries were refused. */
    default Set<String> leftOut() {
        return Set.of();
    }

    /**
     * The part each agent had in a conversation, by user id.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    Map<String, FinishedConversation> read(JsonNode conversation, Set<String> userIds);
}
