// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.conversationbridge.Fixtures;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/**
 * An analytics that knows conversations which never end, and nothing else: in place of the sandbox's. As the Platform
 * API, it answers those that began on a day the interval touches.
 */
final class OpenConversations implements Fault {
    private final List<ObjectNode> conversations;

    OpenConversations(List<ObjectNode> conversations) {
        this.conversations = List.copyOf(conversations);
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        if (request.path().endsWith("/details/query")) {
            return SandboxAnswer.json(200, page(Fixtures.parse(request.body())).toString());
        }
        if (request.path().endsWith("/conversations/details")) {
            List<String> ids = request.parameters("id");
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            conversations.stream()
                    .filter(conversation ->
                            ids.contains(conversation.path("conversationId").asText()))
                    .forEach(answer.withArray("conversations")::add);
            return SandboxAnswer.json(200, answer.toString());
        }
        return normal.get();
    }

    private ObjectNode page(JsonNode query) {
        boolean isForOpen = query.at("/conversationFilters/0/predicates/0/operator")
                .asText()
                .equals("notExists");
        String[] ends = query.path("interval").asText().split("/", 2);
        Instant firstDay = Instant.parse(ends[0]).truncatedTo(ChronoUnit.DAYS);
        Instant end = Instant.parse(ends[1]);
        List<ObjectNode> hits = conversations.stream()
                .filter(conversation -> isForOpen)
                .filter(conversation -> {
                    Instant start =
                            Instant.parse(conversation.path("conversationStart").asText());
                    return !start.isBefore(firstDay) && start.isBefore(end);
                })
                .toList();
        int size = query.at("/paging/pageSize").asInt();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("totalHits", hits.size());
        hits.stream()
                .skip((query.at("/paging/pageNumber").asLong() - 1) * size)
                .limit(size)
                .forEach(answer.withArray("conversations")::add);
        return answer;
    }
}
