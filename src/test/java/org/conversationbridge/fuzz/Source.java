// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;

/** What is asked of Genesys Cloud, and real answers to it. */
enum Source {
    /** The details query for active conversations. */
    ANALYTICS(
            "conversations",
            "genesys/analytics-live.json",
            "genesys/analytics-live-newer.json",
            "genesys/details-query-answer.json"),
    /** The listing of active conversations. */
    LISTING(
            "entities",
            "genesys/conversations-listing.json",
            "genesys/conversation-voice.json",
            "genesys/conversation-message.json",
            "genesys/conversation-message-newer.json"),
    /** The same as the tutorial has it. */
    TUTORIAL("entities", "tutorial/conversations.json", "genesys/conversation-voice.json"),
    /** The details query for what agents did. */
    HISTORY("conversations", "genesys/details-query-answer.json", "genesys/analytics-finished.json"),
    /** The same as the tutorial has it. */
    TUTORIAL_HISTORY("", "tutorial/query-answer.json"),
    /** A refusal of any of them. */
    REFUSAL("", "fuzz/refusal-permission.json", "fuzz/refusal-rate.json", "fuzz/refusal-results.json");

    private final String list;
    private final List<String> documents;

    /**
     * @param list field of an answer that holds its conversations; empty where it has none
     * @param documents answers, or single conversations
     */
    Source(String list, String... documents) {
        this.list = list;
        this.documents = List.of(documents);
    }

    /** Real answers, and each of their conversations as an answer of its own. */
    List<JsonNode> answers() {
        return documents.stream().map(Fixtures::json).flatMap(this::answers).toList();
    }

    private Stream<JsonNode> answers(ObjectNode document) {
        if (list.isEmpty()) {
            return Stream.of(document);
        }
        if (!document.has(list)) {
            return Stream.of(answer(document));
        }
        return Stream.concat(
                Stream.of(document),
                StreamSupport.stream(document.path(list).spliterator(), false).map(this::answer));
    }

    private JsonNode answer(JsonNode conversation) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray(list).add(conversation);
        return answer.put("totalHits", 1).put("pageCount", 1);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
