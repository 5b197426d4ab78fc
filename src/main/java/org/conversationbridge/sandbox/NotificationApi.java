// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.world.World;

/**
 * {@code /api/v2/notifications/channels} and their subscriptions. At most 20 channels: one more takes the place of
 * one without a connection, else of the one that was used longest ago. Safe for many threads.
 */
final class NotificationApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNELS = "/api/v2/notifications/channels";
    private static final String SUBSCRIPTIONS = "/subscriptions";
    private static final Pattern TOPIC =
            Pattern.compile("v2\\.(routing\\.queues|users)\\.([0-9a-z-]{1,64})\\.conversations");
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final int MOST_CHANNELS = 20;
    private static final int MOST_TOPICS = 1_000;
    private static final Duration LIFE = Duration.ofHours(24);

    private record Channel(Instant expires, Set<String> topics) {}

    private final World world;
    private final NotificationServer server;
    /** The one that was used longest ago first. */
    private final Map<String, Channel> channels = new LinkedHashMap<>();

    NotificationApi(World world, NotificationServer server) {
        this.world = world;
        this.server = server;
    }

    /** The answer; empty if it is another request. */
    synchronized Optional<JsonNode> answer(SandboxRequest request) {
        if (request.path().equals(CHANNELS) && request.method().equals("POST")) {
            return Optional.of(create(request));
        }
        if (!request.path().startsWith(CHANNELS + "/") || !request.path().endsWith(SUBSCRIPTIONS)) {
            return Optional.empty();
        }
        String id =
                request.path().substring(CHANNELS.length() + 1, request.path().length() - SUBSCRIPTIONS.length());
        Channel channel = channels.get(id);
        if (channel == null) {
            throw new ApiError(404, "not.found", "The requested resource was not found.");
        }
        return switch (request.method()) {
            case "PUT" -> Optional.of(subscribe(id, Set.of(), request));
            case "POST" -> Optional.of(subscribe(id, channel.topics(), request));
            case "GET" -> Optional.of(listing(channel.topics(), Set.of()));
            default -> Optional.empty();
        };
    }

    /** Ids of the channels that a topic is reported to. */
    synchronized List<String> subscribed(String topic) {
        Instant now = world.now();
        return channels.entrySet().stream()
                .filter(channel -> channel.getValue().expires().isAfter(now))
                .filter(channel -> channel.getValue().topics().contains(topic))
                .map(Map.Entry::getKey)
                .toList();
    }

    private ObjectNode create(SandboxRequest request) {
        String host = request.header("Host")
                .map(name -> PORT.matcher(name).replaceFirst(""))
                .orElseThrow(() -> new ApiError(400, "bad.request", "The header Host is missing."));
        if (channels.size() == MOST_CHANNELS) {
            remove(channels.keySet().stream()
                    .filter(id -> !server.isConnected(id))
                    .findFirst()
                    .orElseGet(() -> channels.keySet().iterator().next()));
        }
        String id = "streaming-5-" + UUID.randomUUID();
        Instant expires = world.now().plus(LIFE);
        channels.put(id, new Channel(expires, Set.of()));
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("connectUri", server.open(id, host).toString())
                .put("expires", Times.text(expires));
    }

    private void remove(String id) {
        channels.remove(id);
        server.remove(id);
    }

    /** @param kept what the channel reports already, and will report */
    private ObjectNode subscribe(String id, Set<String> kept, SandboxRequest request) {
        Set<String> granted = new HashSet<>(kept);
        Set<String> rejected = new HashSet<>();
        for (JsonNode topic : topics(request.body())) {
            String name = topic.path("id").asText();
            (exists(name) ? granted : rejected).add(name);
        }
        if (granted.size() + rejected.size() > MOST_TOPICS) {
            throw new ApiError(400, "bad.request", "A channel has at most " + MOST_TOPICS + " topics.");
        }
        if (!rejected.isEmpty() && !request.parameters("ignoreErrors").contains("true")) {
            throw new ApiError(
                    400, "bad.request", "Unknown topic " + rejected.iterator().next() + ".");
        }
        channels.remove(id);
        channels.put(id, new Channel(world.now().plus(LIFE), Set.copyOf(granted)));
        return listing(granted, rejected);
    }

    /** Topics exist for known queues and users only. */
    private boolean exists(String topic) {
        var matcher = TOPIC.matcher(topic);
        return matcher.matches()
                && (matcher.group(1).equals("users")
                        ? world.agents().stream()
                                .anyMatch(agent -> agent.userId().equals(matcher.group(2)))
                        : world.queues().stream().anyMatch(queue -> queue.id().equals(matcher.group(2))));
    }

    private static JsonNode topics(String body) {
        try {
            JsonNode topics = JSON.readTree(body);
            if (topics.isArray()) {
                return topics;
            }
        } catch (JsonProcessingException e) {
            throw new ApiError(400, "bad.request", "The request body is not JSON.");
        }
        throw new ApiError(400, "bad.request", "The request body is not a list of topics.");
    }

    private static ObjectNode listing(Set<String> granted, Set<String> rejected) {
        ObjectNode listing = JsonNodeFactory.instance.objectNode();
        ArrayNode entities = listing.putArray("entities");
        granted.forEach(topic -> entities.addObject().put("id", topic).put("state", "Permitted"));
        rejected.forEach(topic ->
                entities.addObject().put("id", topic).put("state", "Rejected").put("rejectionReason", "No such topic"));
        return listing;
    }
}
