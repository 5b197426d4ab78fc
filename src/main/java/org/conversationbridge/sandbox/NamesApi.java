// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.sandbox.world.World;

/**
 * The listings of queues, users and wrap-up codes: the models {@code QueueEntityListing}, {@code UserEntityListing} and
 * {@code WrapupCodeEntityListing}, all of them or those whose {@code id} is given.
 */
final class NamesApi {
    private static final String QUEUES = "/api/v2/routing/queues";
    private static final String USERS = "/api/v2/users";
    private static final String WRAP_UP_CODES = "/api/v2/routing/wrapupcodes";
    private static final int LARGEST_PAGE = 100;

    private final World world;
    private final SandboxSettings settings;

    NamesApi(World world, SandboxSettings settings) {
        this.world = world;
        this.settings = settings;
    }

    /** The answer; empty if it is another request. */
    Optional<JsonNode> answer(SandboxRequest request) {
        if (!request.method().equals("GET")) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case QUEUES -> Optional.of(page(request, queues()));
            case USERS -> Optional.of(page(request, users()));
            case WRAP_UP_CODES -> Optional.of(page(request, wrapUpCodes()));
            default -> Optional.empty();
        };
    }

    private Stream<ObjectNode> queues() {
        return world.queues().stream()
                .map(queue -> entity(QUEUES, queue.id(), queue.name())
                        .put("memberCount", world.agents().size()));
    }

    private Stream<ObjectNode> users() {
        return world.agents().stream()
                .map(agent -> entity(USERS, agent.userId(), agent.name())
                        .put("state", "active")
                        .put("version", 1)
                        .put("acdAutoAnswer", false));
    }

    private Stream<ObjectNode> wrapUpCodes() {
        return world.wrapUpCodes().stream().map(code -> entity(WRAP_UP_CODES, code.id(), code.name()));
    }

    private ObjectNode entity(String path, String id, String name) {
        ObjectNode entity = JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
        entity.putObject("division").put("id", world.divisionId()).put("name", "Home");
        return entity.put("selfUri", path + "/" + id);
    }

    private JsonNode page(SandboxRequest request, Stream<ObjectNode> entities) {
        if (ListingPage.number(request, "pageSize", 1) > LARGEST_PAGE) {
            throw new ApiError(400, "bad.request", "pageSize must not exceed " + LARGEST_PAGE + ".");
        }
        Set<String> wanted = Set.copyOf(request.parameters("id"));
        List<ObjectNode> found = entities.filter(entity ->
                        wanted.isEmpty() || wanted.contains(entity.path("id").asText()))
                .toList();
        return ListingPage.of(request, settings).json(found, entity -> entity);
    }
}
