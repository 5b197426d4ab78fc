// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** The queries of a program written by hand: who is live, and what agents finished lately. Safe for many threads. */
final class GenesysReader {
    static final int PAGE = 100;
    static final String QUERY = "/api/v2/analytics/conversations/details/query";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK_BACK = Duration.ofDays(31);
    private static final int TRIES = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final URI api;
    private final String token;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    GenesysReader(URI api, String id, String secret) throws IOException, InterruptedException {
        this.api = api;
        this.token = token(id, secret);
    }

    private String token(String id, String secret) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/oauth/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    /** What stands behind "Bearer". */
    String token() {
        return token;
    }

    /** A page of the conversations that have no end, the oldest first. */
    JsonNode live(int page) throws IOException, InterruptedException {
        return post(liveQuery(page));
    }

    /** A page of what agents finished, the newest first. */
    JsonNode finished(Collection<String> agents, int page) throws IOException, InterruptedException {
        return post(finishedQuery(agents, page));
    }

    String liveQuery(int page) {
        return query("conversationStart", "asc", "notExists", List.of(), page);
    }

    String finishedQuery(Collection<String> agents, int page) {
        return query("conversationEnd", "desc", "exists", agents, page);
    }

    private String query(String orderBy, String order, String end, Collection<String> agents, int page) {
        ObjectNode body = JSON.createObjectNode()
                .put("interval", now.minus(LOOK_BACK) + "/" + now)
                .put("orderBy", orderBy)
                .put("order", order);
        ArrayNode ended = body.putArray("conversationFilters")
                .addObject()
                .put("type", "and")
                .putArray("predicates");
        ended.addObject()
                .put("type", "dimension")
                .put("dimension", "conversationEnd")
                .put("operator", end);
        if (!agents.isEmpty()) {
            ArrayNode users = body.putArray("segmentFilters")
                    .addObject()
                    .put("type", "or")
                    .putArray("predicates");
            agents.forEach(agent -> users.addObject()
                    .put("type", "dimension")
                    .put("dimension", "userId")
                    .put("operator", "matches")
                    .put("value", agent));
        }
        body.putObject("paging").put("pageSize", PAGE).put("pageNumber", page);
        return body.toString();
    }

    private JsonNode post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(QUERY))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body))
                .build();
        for (int tries = 1; tries <= TRIES; tries++) {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body());
            }
            if (answer.statusCode() != 429) {
                throw new IOException(
                        "HTTP " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            Thread.sleep(Duration.ofSeconds(
                            answer.headers().firstValueAsLong("Retry-After").orElse(1))
                    .toMillis());
        }
        throw new IOException("HTTP 429, " + TRIES + " times");
    }
}
