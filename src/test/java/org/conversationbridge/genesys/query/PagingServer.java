// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.conversationbridge.genesys.GenesysRequest;

/** Listing and details query of conversations c0, c1, ..., in pages of the server's own sizes. */
final class PagingServer {
    private static final Pattern SIZE = Pattern.compile("pageSize\"?[=:](\\d+)");
    private static final Pattern NUMBER = Pattern.compile("pageNumber\"?[=:](\\d+)");

    private final int defaultSize;
    private final int largest;
    private final List<String> ids = new ArrayList<>();
    private final List<GenesysRequest> requests = new ArrayList<>();

    /** @param largest page, whatever is requested */
    PagingServer(int conversations, int defaultSize, int largest) {
        this.defaultSize = defaultSize;
        this.largest = largest;
        IntStream.range(0, conversations).forEach(i -> ids.add("c" + i));
    }

    /** Those there are, in the order of the pages; a test may change them. */
    List<String> ids() {
        return ids;
    }

    List<GenesysRequest> requests() {
        return requests;
    }

    ObjectNode answer(GenesysRequest request) {
        requests.add(request);
        String asked = request.query() + request.body();
        int size = Math.min(largest, number(SIZE, asked, defaultSize));
        int page = number(NUMBER, asked, 1);
        List<String> rows = ids.stream().skip((page - 1L) * size).limit(size).toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (request.method().equals("POST")) {
            rows.forEach(id -> answer.withArray("conversations").add(analytics(id)));
            return answer.put("totalHits", ids.size());
        }
        rows.forEach(id -> answer.withArray("entities").add(entity(id)));
        return answer.put("pageSize", size)
                .put("pageNumber", page)
                .put("total", ids.size())
                .put("pageCount", (ids.size() + size - 1) / size);
    }

    private static int number(Pattern pattern, String asked, int otherwise) {
        Matcher found = pattern.matcher(asked);
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }

    private static JsonNode entity(String id) {
        ObjectNode entity =
                JsonNodeFactory.instance.objectNode().put("id", id).put("startTime", "2026-11-20T11:00:00.000Z");
        entity.putArray("participants")
                .addObject()
                .put("id", "p-" + id)
                .put("purpose", "customer")
                .put("startTime", "2026-11-20T11:00:00.000Z")
                .putArray("calls")
                .addObject()
                .put("state", "connected")
                .put("direction", "inbound");
        return entity;
    }

    private static JsonNode analytics(String id) {
        ObjectNode conversation = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", id)
                .put("conversationStart", "2026-11-20T11:00:00.000Z")
                .put("originatingDirection", "inbound");
        conversation
                .putArray("participants")
                .addObject()
                .put("participantId", "p-" + id)
                .put("purpose", "customer")
                .putArray("sessions")
                .addObject()
                .put("mediaType", "voice")
                .put("sessionId", "s-" + id);
        return conversation;
    }
}
