// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.conversationbridge.sandbox.world.Part;
import org.conversationbridge.sandbox.world.Span;
import org.conversationbridge.sandbox.world.Story;

/**
 * What analytics knows at one instant. A conversation is written when a query first chooses it, and the pages of a query
 * are cut from one result, so that a page of a large contact centre costs what a page of a small one does while the clock
 * stands still. Safe for many threads.
 */
final class AnalyticsSnapshot {
    private static final int RESULTS_KEPT = 32;

    private final Instant at;
    private final List<Story> begun;
    private final Function<Story, ObjectNode> writer;
    private final Map<String, ObjectNode> written = new ConcurrentHashMap<>();
    private final Map<String, BitSet> positionsByUser = new HashMap<>();
    private final Map<JsonNode, List<ObjectNode>> results = new LinkedHashMap<>();

    /**
     * @param begun every conversation that has begun by then, in order
     * @param writer what is known of one then
     */
    AnalyticsSnapshot(Instant at, List<Story> begun, Function<Story, ObjectNode> writer) {
        this.at = at;
        this.begun = begun;
        this.writer = writer;
        for (int position = 0; position < begun.size(); position++) {
            for (Part part : begun.get(position).parts()) {
                if (!part.userId().isEmpty()) {
                    positionsByUser
                            .computeIfAbsent(part.userId(), user -> new BitSet())
                            .set(position);
                }
            }
        }
    }

    /** Whether it is of this instant. */
    boolean isAt(Instant instant) {
        return at.equals(instant);
    }

    /** What a query that was checked chooses, in its order, all pages of it. */
    List<ObjectNode> result(JsonNode query) {
        ObjectNode unpaged = query.deepCopy();
        unpaged.remove("paging");
        synchronized (results) {
            List<ObjectNode> known = results.get(unpaged);
            if (known != null) {
                return known;
            }
        }
        List<ObjectNode> chosen = choose(query);
        synchronized (results) {
            if (results.size() >= RESULTS_KEPT) {
                results.remove(results.keySet().iterator().next());
            }
            results.put(unpaged, chosen);
        }
        return chosen;
    }

    /** Those that have begun, of the ids. */
    List<ObjectNode> withIds(Set<String> ids) {
        return begun.stream()
                .filter(story -> ids.contains(story.conversationId()))
                .map(this::written)
                .toList();
    }

    private List<ObjectNode> choose(JsonNode query) {
        Span interval = DetailsQueryCheck.interval(query);
        return candidates(query)
                .filter(story -> isTouched(story, interval))
                .map(this::written)
                .filter(new DetailsQueryFilter(query))
                .sorted(order(query))
                .toList();
    }

    private ObjectNode written(Story story) {
        return written.computeIfAbsent(story.conversationId(), id -> writer.apply(story));
    }

    /** All that have an agent of the query; all there are where it names none. */
    private Stream<Story> candidates(JsonNode query) {
        for (JsonNode filter : query.path("segmentFilters")) {
            Set<String> users = users(filter);
            if (!users.isEmpty()) {
                BitSet positions = new BitSet();
                users.forEach(user -> positions.or(positionsByUser.getOrDefault(user, new BitSet())));
                return positions.stream().mapToObj(begun::get);
            }
        }
        return begun.stream();
    }

    /** The users of whom a filter wants one; empty where it wants something else as well. */
    private static Set<String> users(JsonNode filter) {
        Set<String> users = new TreeSet<>();
        for (JsonNode predicate : filter.path("predicates")) {
            if (!predicate.path("dimension").asText().equals("userId")
                    || !predicate.path("operator").asText("matches").equals("matches")) {
                return Set.of();
            }
            users.add(predicate.path("value").asText());
        }
        return filter.path("clauses").isEmpty() ? users : Set.of();
    }

    /** The Platform API chooses conversations that were active in the interval and began on a day it touches. */
    private static boolean isTouched(Story story, Span interval) {
        return story.start().isBefore(interval.to())
                && !story.end().isBefore(interval.from())
                && !story.start()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .isBefore(interval.from().atOffset(ZoneOffset.UTC).toLocalDate());
    }

    private static Comparator<ObjectNode> order(JsonNode query) {
        String field = query.path("orderBy").asText("conversationStart");
        Comparator<ObjectNode> ascending =
                Comparator.comparing(conversation -> conversation.path(field).asText("9999"));
        return query.path("order").asText("asc").equals("desc") ? ascending.reversed() : ascending;
    }
}
