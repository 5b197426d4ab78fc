// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** The Platform API as far as the sandbox plays it. */
final class SandboxApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 512_000;
    private static final int MOST_IDS = 100;

    private final SandboxSettings settings;
    private final World world;
    private final OAuthServer oauth;
    private final RateLimit rateLimit;
    private final TutorialApi tutorial;
    private final NamesApi names;
    private final NotificationApi notifications;
    private final Map<String, ObjectNode> finished = new ConcurrentHashMap<>();
    private @Nullable AnalyticsSnapshot snapshot;

    SandboxApi(SandboxSettings settings, World world, OAuthServer oauth, NotificationApi notifications, Clock clock) {
        this.settings = settings;
        this.world = world;
        this.oauth = oauth;
        this.rateLimit = new RateLimit(settings.requestsPerMinute(), clock);
        this.tutorial = new TutorialApi(world);
        this.names = new NamesApi(world, settings);
        this.notifications = notifications;
    }

    /** Requests above the limit in any minute. */
    long violations() {
        return rateLimit.violations();
    }

    SandboxAnswer answer(SandboxRequest request) {
        if (request.isForToken()) {
            return oauth.token(request);
        }
        String contextId = UUID.randomUUID().toString();
        SandboxAnswer answer;
        try {
            oauth.authenticate(request);
            answer = withinLimit(request, contextId);
        } catch (ApiError e) {
            answer = SandboxAnswer.json(e.status(), e.body(contextId).toString());
        }
        return answer.withHeader("ININ-Correlation-Id", contextId);
    }

    private SandboxAnswer withinLimit(SandboxRequest request, String contextId) {
        RateLimit.Standing standing = rateLimit.count();
        if (standing.exceeded()) {
            long wait = standing.resetSeconds();
            ApiError error = new ApiError(
                    429,
                    "too.many.requests.retry.after",
                    "Rate limit exceeded the maximum. Retry the request in [" + wait + "] seconds");
            return standing.addTo(SandboxAnswer.json(429, error.body(contextId).toString()))
                    .withHeader("Retry-After", Long.toString(wait));
        }
        try {
            return standing.addTo(SandboxAnswer.json(200, dispatch(request).toString()));
        } catch (ApiError e) {
            return standing.addTo(
                    SandboxAnswer.json(e.status(), e.body(contextId).toString()));
        }
    }

    private JsonNode dispatch(SandboxRequest request) {
        if (request.method().equals("GET") && request.path().equals("/api/v2/conversations")) {
            return settings.tutorial() ? tutorial.conversations(request) : conversations(request);
        }
        if (request.method().equals("POST") && request.path().equals("/api/v2/analytics/conversations/details/query")) {
            JsonNode query = read(request.body());
            return settings.tutorial() ? tutorial.query(query) : detailsQuery(query);
        }
        if (request.method().equals("GET")
                && request.path().equals("/api/v2/analytics/conversations/details")
                && !settings.tutorial()) {
            return byIds(request.parameters("id"));
        }
        return names.answer(request)
                .or(() -> notifications.answer(request))
                .orElseThrow(() -> new ApiError(404, "not.found", "The requested resource was not found."));
    }

    private JsonNode conversations(SandboxRequest request) {
        if (!settings.userContext()) {
            throw new ApiError(
                    400,
                    "bad.request",
                    "This request requires a user context. Client credentials cannot be used for requests to this"
                            + " resource.");
        }
        Instant now = world.now();
        return ListingPage.of(request, settings)
                .json(world.live(now), story -> new ConversationView(story, now).json());
    }

    private JsonNode detailsQuery(JsonNode query) {
        DetailsQueryCheck.check(query);
        List<ObjectNode> hits = snapshot().result(query);
        int size = query.path("paging").path("pageSize").asInt(DetailsQueryCheck.DEFAULT_PAGE);
        int from = (query.path("paging").path("pageNumber").asInt(1) - 1) * size;
        return answer(hits.stream().skip(from).limit(size).toList()).put("totalHits", hits.size());
    }

    private JsonNode byIds(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            throw new ApiError(400, "bad.request", "id must name 1 to " + MOST_IDS + " conversations.");
        }
        return answer(snapshot().withIds(Set.copyOf(ids)));
    }

    /** The Platform API leaves an empty list out. */
    private static ObjectNode answer(List<ObjectNode> conversations) {
        ObjectNode answer = JSON.createObjectNode();
        if (!conversations.isEmpty()) {
            answer.putArray("conversations").addAll(conversations);
        }
        return answer;
    }

    private synchronized AnalyticsSnapshot snapshot() {
        Instant now = world.now();
        if (snapshot == null || !snapshot.isAt(now)) {
            snapshot = new AnalyticsSnapshot(now, world.begun(now), story -> analytics(story, now));
        }
        return snapshot;
    }

    /** What has ended, and is all reported, does not change any more, unless it is reprocessed. */
    private ObjectNode analytics(Story story, Instant now) {
        Duration lag = settings.analyticsLag();
        Duration reprocessed = settings.reprocessedAfter();
        Instant allTold = story.end().plus(lag);
        if (!reprocessed.isZero() && !story.end().plus(reprocessed).isAfter(now)) {
            return new AnalyticsView(story.reprocessed(), now, lag).json();
        }
        return allTold.isAfter(now)
                ? new AnalyticsView(story, now, lag).json()
                : finished.computeIfAbsent(story.conversationId(), id -> new AnalyticsView(story, allTold, lag).json());
    }

    private static JsonNode read(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ApiError(
                    413,
                    "request.entity.too.large",
                    "The request is over the size limit. Maximum bytes: " + MOST_BYTES);
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ApiError(
                    400, "bad.request", "The request could not be understood by the server due to malformed syntax.");
        }
    }
}
