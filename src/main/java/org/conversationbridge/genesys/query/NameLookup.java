// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.reading.JsonObject;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests names in bulk: {@code GET /api/v2/routing/queues}, {@code /api/v2/users} and {@code
 * /api/v2/routing/wrapupcodes} with {@code id} repeated. Source: the Platform API's description of 2026-07; a page has
 * 25 elements unless another {@code pageSize} is requested, and users that are inactive or deleted are listed only
 * when {@code state} says so.
 */
public record NameLookup(NameBatch batch) {
    private static final Logger LOG = LoggerFactory.getLogger(NameLookup.class);

    /** The request. */
    public GenesysRequest request() {
        Stream<String> page = Stream.of("pageSize=" + batch.ids().size(), "pageNumber=1");
        Stream<String> ids = batch.ids().stream().map(id -> "id=" + id);
        Stream<String> state = batch.kind() == NameKind.USER ? Stream.of("state=any") : Stream.empty();
        return GenesysRequest.get(
                "names of kind " + batch.kind().label(),
                path(batch.kind()),
                Stream.of(page, ids, state).flatMap(parameters -> parameters).collect(Collectors.joining("&")));
    }

    /** The names of an answer by id. An element that cannot be read has none. */
    public Map<String, String> read(JsonNode answer) {
        Map<String, String> names = new HashMap<>();
        Set<String> asked = Set.copyOf(batch.ids());
        List<JsonNode> entities = ActiveConversationsApi.elements(answer, "entities");
        for (JsonNode entity : entities) {
            try {
                JsonObject named = JsonObject.conversation(entity, "id");
                String id = named.requiredIdentifier("id");
                named.text("name").filter(name -> asked.contains(id)).ifPresent(name -> names.put(id, name));
            } catch (MalformedConversationException e) {
                LOG.debug("name not read code={}: {}", e.code(), e.getMessage());
            }
        }
        return names;
    }

    /**
     * The ids that the answer settles: all of them, or those it names where it states that further pages hold more. The
     * others are requested again, with the next ones. A server whose pages are smaller than asked is read to its end
     * so; one that names none of those requested is not requested forever.
     */
    public NameBatch settled(JsonNode answer) {
        List<JsonNode> entities = ActiveConversationsApi.elements(answer, "entities");
        Set<String> named = Set.copyOf(Page.ofListing(entities, answer).ids());
        List<String> found = batch.ids().stream().filter(named::contains).toList();
        boolean isMore =
                Page.ofListing(entities, answer).promisesMore(1, batch.ids().size() + 1, named.size());
        return isMore && !found.isEmpty() && found.size() < batch.ids().size()
                ? new NameBatch(batch.kind(), found)
                : batch;
    }

    private static String path(NameKind kind) {
        return switch (kind) {
            case QUEUE -> "/api/v2/routing/queues";
            case USER -> "/api/v2/users";
            case WRAP_UP_CODE -> "/api/v2/routing/wrapupcodes";
        };
    }
}
