// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.conversationbridge.Fixtures.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;

/**
 * A details query that holds what it is given. As the Platform API's description says: results are the conversations
 * that began on a day (UTC) which the interval touches, in the order requested; the filters are for users and for an
 * end.
 */
final class ScriptedAnalytics {
    private final List<ObjectNode> conversations = new ArrayList<>();
    private final List<JsonNode> queries = new ArrayList<>();
    private Duration longest = Duration.ofDays(31);
    private boolean keepsOrder = true;
    private boolean knowsEndOrder = true;
    private int refused;

    /** A conversation of one agent who worked on it until some time; others ended it at another. */
    ScriptedAnalytics add(String id, String userId, Instant start, Instant partEnd, Instant end) {
        ObjectNode conversation = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", id)
                .put("conversationStart", start.toString())
                .put("conversationEnd", end.toString());
        conversation
                .putArray("participants")
                .addObject()
                .put("purpose", "agent")
                .put("userId", userId)
                .putArray("sessions")
                .addObject()
                .put("mediaType", "email")
                .putArray("segments")
                .addObject()
                .put("segmentType", "interact")
                .put("segmentStart", start.toString())
                .put("segmentEnd", partEnd.toString());
        conversations.add(conversation);
        return this;
    }

    ScriptedAnalytics takesAtMost(Duration interval) {
        longest = interval;
        return this;
    }

    /** The order is that in which they were added, whatever is requested. */
    ScriptedAnalytics keepsNoOrder() {
        keepsOrder = false;
        return this;
    }

    ScriptedAnalytics refusesOrderByEnd() {
        knowsEndOrder = false;
        return this;
    }

    /** Plays a look-up to its end. */
    HistoryWalk play(HistoryWalk lookup) {
        while (lookup.hasNext()) {
            answer(lookup);
        }
        return lookup;
    }

    /** Answers one request. */
    void answer(HistoryWalk lookup) {
        JsonNode query = parse(lookup.next().body());
        queries.add(query);
        GenesysException refusal = refusal(query);
        if (refusal == null) {
            lookup.accept(page(query));
        } else {
            refused++;
            if (!lookup.askDifferently(refusal)) {
                throw refusal;
            }
        }
    }

    /** Requests, the refused ones too. */
    int requests() {
        return queries.size();
    }

    int refused() {
        return refused;
    }

    private GenesysException refusal(JsonNode query) {
        Interval interval = interval(query);
        if (interval.length().compareTo(longest) > 0) {
            return new IntervalTooLongException(400, "interval: may not exceed " + longest);
        }
        return !knowsEndOrder && query.path("orderBy").asText().equals("conversationEnd")
                ? new InvalidRequestException(
                        400, "Value [conversationEnd] is not valid for field type [orderBy]. Allowable values are: ...")
                : null;
    }

    private JsonNode page(JsonNode query) {
        List<String> users = StreamSupport.stream(
                        query.at("/segmentFilters/0/predicates").spliterator(), false)
                .map(predicate -> predicate.path("value").asText())
                .toList();
        String field = query.path("orderBy").asText();
        Comparator<ObjectNode> newestFirst = Comparator.<ObjectNode, String>comparing(
                        conversation -> conversation.path(field).asText())
                .reversed();
        List<ObjectNode> hits = conversations.stream()
                .filter(conversation -> isTouched(conversation, interval(query)))
                .filter(conversation ->
                        users.contains(conversation.at("/participants/0/userId").asText()))
                .sorted(keepsOrder ? newestFirst : (a, b) -> 0)
                .toList();
        int size = query.at("/paging/pageSize").asInt();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("totalHits", hits.size());
        hits.stream()
                .skip((query.at("/paging/pageNumber").asLong() - 1) * size)
                .limit(size)
                .forEach(answer.withArray("conversations")::add);
        return answer;
    }

    private static boolean isTouched(JsonNode conversation, Interval interval) {
        LocalDate day = day(Instant.parse(conversation.path("conversationStart").asText()));
        return !day.isBefore(day(interval.from())) && !day.isAfter(day(interval.to()));
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Interval interval(JsonNode query) {
        String[] ends = query.path("interval").asText().split("/", 2);
        return new Interval(Instant.parse(ends[0]), Instant.parse(ends[1]));
    }
}
