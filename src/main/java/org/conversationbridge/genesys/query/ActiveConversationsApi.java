// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.UnreadableAnswerException;

/** One way to query the active conversations, page by page. */
abstract class ActiveConversationsApi {
    static final String OPERATION = "active conversations";

    /** The walk through one poll. */
    abstract PageWalk walk();

    /** The request for the page the walk stands at. */
    abstract GenesysRequest request(PageWalk walk);

    /** The conversations of an answer, unread; moves the walk on. */
    abstract List<JsonNode> accept(PageWalk walk, JsonNode answer);

    /** @throws MalformedConversationException naming the field that is wrong */
    abstract Conversation read(JsonNode entity);

    /**
     * Goes on after a request that was refused as it is.
     *
     * @return false if nothing in it can be left out
     */
    boolean askMorePlainly(PageWalk walk) {
        return false;
    }

    /**
     * Queries in another way from now on, if that can help.
     *
     * @return false if the failure stands
     */
    boolean askDifferently(PageWalk walk, Throwable failure) {
        return walk.askDifferently(failure);
    }

    /**
     * The elements of a list of an answer; none if the list is absent or null (an empty page).
     *
     * @throws UnreadableAnswerException when it is no list, or the answer no object: what is active is unknown then
     */
    static List<JsonNode> elements(JsonNode answer, String field) {
        JsonNode list = answer.path(field);
        if (!answer.isObject() || !(list.isArray() || list.isNull() || list.isMissingNode())) {
            throw new UnreadableAnswerException("it is not an object with a list of " + field);
        }
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements;
    }
}
