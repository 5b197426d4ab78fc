// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.conversationbridge.sandbox.world.Span;

/**
 * Refuses a details query that the Platform API would refuse: unknown fields, a dimension in the wrong list, a bad
 * interval, too large a page. Source: {@code ConversationQuery} and its filters in the Platform API's description of
 * 2026-07; the limits of page and interval are the commonly cited ones.
 */
final class DetailsQueryCheck {
    static final int LARGEST_PAGE = 100;
    static final int DEFAULT_PAGE = 25;

    private static final int MOST_RESULTS = 100_000;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Set<String> QUERY = Set.of(
            "conversationFilters",
            "segmentFilters",
            "evaluationFilters",
            "surveyFilters",
            "resolutionFilters",
            "order",
            "orderBy",
            "interval",
            "aggregations",
            "paging");
    private static final Set<String> FILTER = Set.of("type", "clauses", "predicates");
    private static final Set<String> PREDICATE =
            Set.of("type", "dimension", "propertyType", "property", "metric", "operator", "value", "range");
    private static final Set<String> CONVERSATION_DIMENSIONS = Set.of(
            "accessAttribute",
            "conversationEnd",
            "conversationId",
            "conversationInitiator",
            "conversationStart",
            "customerParticipation",
            "divisionId",
            "externalTag",
            "mediaStatsMinConversationMos",
            "originatingDirection",
            "originatingSocialMediaPublic");
    private static final Set<String> SEGMENT_DIMENSIONS = Set.of(
            "addressFrom",
            "addressTo",
            "ani",
            "conference",
            "direction",
            "disconnectType",
            "dnis",
            "externalContactId",
            "flowId",
            "groupId",
            "mediaType",
            "messageType",
            "outboundCampaignId",
            "participantName",
            "provider",
            "purpose",
            "queueId",
            "recording",
            "remote",
            "requestedLanguageId",
            "requestedRoutingSkillId",
            "segmentEnd",
            "segmentType",
            "sessionDnis",
            "subject",
            "teamId",
            "usedRouting",
            "userId",
            "wrapUpCode",
            "wrapUpNote");

    private DetailsQueryCheck() {}

    /** @throws ApiError as the Platform API answers */
    static void check(JsonNode query) {
        if (!query.isObject()) {
            throw new ApiError(
                    400,
                    "bad.request",
                    "The request could not be understood by the server due to malformed" + " syntax.");
        }
        known(query, QUERY, "ConversationQuery");
        interval(query);
        oneOf(query, "order", Set.of("asc", "desc", "unordered"));
        oneOf(query, "orderBy", Set.of("conversationStart", "conversationEnd", "segmentStart", "segmentEnd"));
        paging(query.path("paging"));
        filters(query, "segmentFilters", SEGMENT_DIMENSIONS, "SegmentDetailQueryPredicate");
        filters(query, "conversationFilters", CONVERSATION_DIMENSIONS, "ConversationDetailQueryPredicate");
    }

    /** The interval of a query that was checked. */
    static Span interval(JsonNode query) {
        String text = query.path("interval").asText("");
        if (text.isEmpty()) {
            throw ApiError.constraint("interval: may not be null");
        }
        List<String> ends = List.of(text.split("/", -1));
        if (ends.size() != 2) {
            throw invalidDate(text);
        }
        Span interval;
        try {
            interval = new Span(Instant.parse(ends.get(0)), Instant.parse(ends.get(1)));
        } catch (DateTimeException e) {
            throw invalidDate(text);
        }
        if (!interval.from().isBefore(interval.to())) {
            throw ApiError.constraint("interval: the start must be before the end");
        }
        if (Duration.between(interval.from(), interval.to()).compareTo(LONGEST) > 0) {
            throw ApiError.constraint("interval: may not exceed 31 days");
        }
        return interval;
    }

    private static ApiError invalidDate(String interval) {
        return new ApiError(
                400,
                "invalid.date",
                "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ; interval ["
                        + interval + "]");
    }

    private static void paging(JsonNode paging) {
        if (paging.isMissingNode()) {
            return;
        }
        known(paging, Set.of("pageSize", "pageNumber"), "PagingSpec");
        int size = paging.path("pageSize").asInt(0);
        int number = paging.path("pageNumber").asInt(0);
        if (size < 1 || size > LARGEST_PAGE) {
            throw ApiError.constraint("paging.pageSize: must be between 1 and " + LARGEST_PAGE);
        }
        if (number < 1) {
            throw ApiError.constraint("paging.pageNumber: must be greater than or equal to 1");
        }
        if ((long) size * number > MOST_RESULTS) {
            throw new ApiError(
                    400,
                    "bad.request",
                    "Pagination may not exceed " + MOST_RESULTS
                            + " results. Query smaller intervals, for example 1am-2am, 2am-3am.");
        }
    }

    private static void filters(JsonNode query, String list, Set<String> dimensions, String model) {
        for (JsonNode filter : query.path(list)) {
            filter(filter, dimensions, model);
            for (JsonNode clause : filter.path("clauses")) {
                filter(clause, dimensions, model);
            }
        }
    }

    private static void filter(JsonNode filter, Set<String> dimensions, String model) {
        known(filter, FILTER, model.replace("Predicate", "Filter"));
        if (filter.path("type").isMissingNode()) {
            throw ApiError.constraint("type: may not be null");
        }
        oneOf(filter, "type", Set.of("and", "or"));
        for (JsonNode predicate : filter.path("predicates")) {
            known(predicate, PREDICATE, model);
            oneOf(predicate, "type", Set.of("dimension", "property", "metric"));
            oneOf(predicate, "operator", Set.of("matches", "exists", "notExists"));
            oneOf(predicate, "dimension", dimensions);
            boolean matches = predicate.path("operator").asText("matches").equals("matches");
            if (matches
                    && predicate.path("value").isMissingNode()
                    && predicate.path("range").isMissingNode()) {
                throw ApiError.constraint("value: may not be null for operator matches");
            }
        }
    }

    private static void known(JsonNode object, Set<String> fields, String model) {
        object.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new ApiError(
                        400,
                        "invalid.property",
                        "Value [" + field + "] is not a valid property for object [" + model + "]");
            }
        });
    }

    private static void oneOf(JsonNode object, String field, Set<String> allowed) {
        JsonNode value = object.path(field);
        if (!value.isMissingNode() && !allowed.contains(value.asText())) {
            throw ApiError.invalidValue(value.asText(), field, new TreeSet<>(allowed));
        }
    }
}
