// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which conversations a details query chooses. A segment filter chooses a conversation when one of its segments, with
 * what its session and participant say, satisfies it.
 */
final class DetailsQueryFilter implements Predicate<JsonNode> {
    private final JsonNode query;

    DetailsQueryFilter(JsonNode query) {
        this.query = query;
    }

    @Override
    public boolean test(JsonNode conversation) {
        for (JsonNode filter : query.path("conversationFilters")) {
            if (!satisfies(filter, List.of(conversation))) {
                return false;
            }
        }
        for (JsonNode filter : query.path("segmentFilters")) {
            if (!anySegment(conversation, filter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anySegment(JsonNode conversation, JsonNode filter) {
        for (JsonNode participant : conversation.path("participants")) {
            for (JsonNode session : participant.path("sessions")) {
                for (JsonNode segment : session.path("segments")) {
                    if (satisfies(filter, List.of(segment, session, participant))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** @param objects where a dimension's field is looked for, in this order */
    private static boolean satisfies(JsonNode filter, List<JsonNode> objects) {
        List<Boolean> results = new ArrayList<>();
        filter.path("predicates").forEach(predicate -> results.add(matches(predicate, objects)));
        filter.path("clauses").forEach(clause -> results.add(satisfies(clause, objects)));
        return filter.path("type").asText().equals("or") ? results.contains(true) : !results.contains(false);
    }

    private static boolean matches(JsonNode predicate, List<JsonNode> objects) {
        String dimension = predicate.path("dimension").asText("");
        String field = dimension.equals("divisionId") ? "divisionIds" : dimension;
        List<String> values = objects.stream()
                .map(object -> object.path(field))
                .filter(found -> !found.isMissingNode())
                .findFirst()
                .map(DetailsQueryFilter::texts)
                .orElseGet(List::of);
        return switch (predicate.path("operator").asText("matches")) {
            case "exists" -> !values.isEmpty();
            case "notExists" -> values.isEmpty();
            default -> values.contains(predicate.path("value").asText());
        };
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asText()));
        } else {
            texts.add(value.asText());
        }
        return texts;
    }
}
