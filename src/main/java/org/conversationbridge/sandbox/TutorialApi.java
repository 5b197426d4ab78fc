// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.World;

/** The API as the tutorial imagines it: {@code type} and {@code pageSize}, {@code queries[]} and flat rows. */
final class TutorialApi {
    private static final int LARGEST_PAGE = 100;

    private final World world;

    TutorialApi(World world) {
        this.world = world;
    }

    JsonNode conversations(SandboxRequest request) {
        Map<String, String> parameters = Arrays.stream(request.query().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2)
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
        String type = parameters.getOrDefault("type", "");
        int size = Math.min(LARGEST_PAGE, number(parameters, "pageSize", LARGEST_PAGE));
        int page = number(parameters, "pageNumber", 1);
        Instant now = world.now();
        List<Story> live = world.live(now).stream()
                .filter(story -> type.isEmpty() || story.plan().mediaType().equals(type))
                .toList();
        ObjectNode listing = JsonNodeFactory.instance.objectNode();
        ArrayNode entities = listing.putArray("entities");
        live.stream()
                .skip((long) (page - 1) * size)
                .limit(size)
                .forEach(story -> entities.add(TutorialView.entity(story, now)));
        return listing.put("pageSize", size)
                .put("pageNumber", page)
                .put("total", live.size())
                .put("pageCount", (live.size() + size - 1) / size);
    }

    JsonNode query(JsonNode body) {
        JsonNode query = body.path("queries").path(0);
        if (query.isMissingNode()) {
            throw new ApiError(400, "bad.request", "queries: may not be empty");
        }
        Instant from = time(query, "from");
        Instant to = time(query, "to");
        String type = query.path("filter").path("type").asText("");
        int size = body.path("size").asInt(LARGEST_PAGE);
        Instant now = world.now();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("queries").addObject().putArray("results");
        world.begun(now).stream()
                .filter(story -> !story.end().isAfter(now))
                .filter(story -> !story.end().isBefore(from) && story.end().isBefore(to))
                .filter(story -> type.isEmpty() || story.plan().mediaType().equals(type))
                .flatMap(story -> story.works().stream().map(work -> TutorialView.row(story, work)))
                .limit(size)
                .forEach(results::add);
        return answer;
    }

    private static int number(Map<String, String> parameters, String name, int otherwise) {
        String text = parameters.getOrDefault(name, "");
        return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
    }

    private static Instant time(JsonNode query, String field) {
        try {
            return Instant.parse(query.path("timeRange").path(field).asText(""));
        } catch (DateTimeException e) {
            throw new ApiError(
                    400,
                    "invalid.date",
                    "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ");
        }
    }
}
