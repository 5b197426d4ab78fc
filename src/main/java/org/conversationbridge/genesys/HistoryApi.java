// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.FinishedConversation;

/** One way to ask for the finished conversations of agents, page by page. */
interface HistoryApi {
    String OPERATION = "agent history";

    /** The walk through one look-up. */
    PageWalk walk(Interval window, List<String> userIds);

    /** The request for the page the walk stands at. */
    GenesysRequest request(PageWalk walk);

    /** The conversations of an answer, unread; moves the walk on. */
    List<JsonNode> accept(PageWalk walk, JsonNode answer);

    /**
     * The part each agent had in a conversation, by user id.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    Map<String, FinishedConversation> read(JsonNode conversation, Set<String> userIds, Interval window);
}
