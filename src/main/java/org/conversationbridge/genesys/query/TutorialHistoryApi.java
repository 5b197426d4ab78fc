// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.reading.JsonObject;
import org.conversationbridge.history.FinishedConversation;

/**
 * The history query as the tutorial prints it: {@code queries[]} with a {@code timeRange} and {@code columns}, answered
 * by flat rows of every agent. It has no pages; where an answer is full, the time range is halved. Durations are taken
 * for milliseconds; there is no end, queue or after-call work in a row, and the order is the answer's.
 */
final class TutorialHistoryApi implements HistoryApi {
    private static final List<String> COLUMNS =
            List.of("id", "conversationtype", "direction", "wrapupcode", "talktime", "holdtime", "waittime");

    private final Interval window;
    private final String mediaType;
    private final int size;

    TutorialHistoryApi(Interval window, String mediaType, int size) {
        this.window = window;
        this.mediaType = mediaType;
        this.size = size;
    }

    @Override
    public PageWalk walk(List<String> userIds) {
        return new PageWalk(userIds.isEmpty() ? List.of() : List.of(new PageWalk.Part(window, userIds)), size);
    }

    @Override
    public GenesysRequest request(PageWalk walk) {
        String[] ends = walk.part().interval().toString().split("/", 2);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode query = body.putArray("queries").addObject();
        query.putObject("timeRange").put("from", ends[0]).put("to", ends[1]);
        query.putObject("filter").put("type", mediaType);
        COLUMNS.forEach(query.putArray("columns")::add);
        body.put("size", walk.pageSize());
        return GenesysRequest.post(OPERATION, DetailsQuery.PATH, body.toString());
    }

    @Override
    public List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> rows =
                ActiveConversationsApi.elements(answer.path("queries").path(0), "results");
        boolean full = rows.size() >= walk.pageSize();
        if (!full) {
            walk.endPart();
        } else if (!walk.halve()) {
            walk.endShort("an answer about the shortest time range is full: " + rows.size() + " rows");
        }
        return rows;
    }

    @Override
    public Map<String, FinishedConversation> read(JsonNode row, Set<String> userIds) {
        JsonObject fields = JsonObject.conversation(row, "id");
        return fields.text("userId")
                .filter(userIds::contains)
                .map(userId -> Map.of(userId, finished(fields)))
                .orElseGet(Map::of);
    }

    private static FinishedConversation finished(JsonObject row) {
        return new FinishedConversation(
                row.requiredIdentifier("id"),
                null,
                row.textOrNull("conversationtype"),
                row.textOrNull("direction"),
                null,
                row.textOrNull("wrapupcode"),
                row.millis("talktime"),
                row.millis("holdtime"),
                null,
                null,
                row.millisOrNull("waittime"));
    }
}
