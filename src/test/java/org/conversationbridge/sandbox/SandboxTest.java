// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.fault.IgnoresOrder;
import org.conversationbridge.sandbox.world.Kind;
import org.conversationbridge.sandbox.world.World;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private static final String DETAILS = "/api/v2/analytics/conversations/details/query";

    private final MovableClock clock = new MovableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        SandboxSettings defaults = SandboxSettings.defaults();
        sandbox = TestBridge.sandbox(
                new SandboxSettings(defaults.world(), "id", "secret", Duration.ofMinutes(10), 5, true, false), clock);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_wrong_secret_is_refused_in_the_words_of_oauth() throws Exception {
        HttpResponse<String> answer = token("wrong");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void without_a_good_token_the_api_answers_401() throws Exception {
        assertThat(json(get("none")).path("code").asText()).isEqualTo("bad.credentials");
        String token = goodToken();
        clock.advance(Duration.ofMinutes(10));
        assertThat(get(token).statusCode()).isEqualTo(401);
    }

    @Test
    void the_limit_is_announced_and_then_kept() throws Exception {
        String token = goodToken();
        HttpResponse<String> first = get(token);
        assertThat(first.headers().firstValue("inin-ratelimit-count")).contains("1");
        assertThat(first.headers().firstValue("inin-ratelimit-allowed")).contains("5");
        assertThat(first.headers().firstValue("ININ-Correlation-Id")).isPresent();
        for (int i = 2; i <= 5; i++) {
            assertThat(get(token).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> sixth = get(token);

        assertThat(sixth.statusCode()).isEqualTo(429);
        String wait = sixth.headers().firstValue("Retry-After").orElseThrow();
        assertThat(json(sixth).path("message").asText()).contains("[" + wait + "] seconds");
        clock.advance(Duration.ofSeconds(Long.parseLong(wait)));
        assertThat(get(token).statusCode()).isEqualTo(200);
    }

    @Test
    void pages_hold_each_conversation_once_and_the_page_after_the_last_has_none() throws Exception {
        String token = goodToken();
        Set<String> ids = new HashSet<>();
        for (int page = 1; page <= 3; page++) {
            json(post(token, active(page)))
                    .path("conversations")
                    .forEach(conversation ->
                            ids.add(conversation.path("conversationId").asText()));
        }

        assertThat(ids).hasSize(12);
        assertThat(json(post(token, active(4))).has("conversations")).isFalse();
    }

    @Test
    void the_newest_end_comes_first_where_that_is_requested_unless_the_order_is_ignored() throws Exception {
        String token = goodToken();

        JsonNode inOrder = json(post(token, newestEnds()));
        sandbox.add(new IgnoresOrder());
        JsonNode ignored = json(post(token, newestEnds()));

        assertThat(inOrder.findValuesAsText("conversationEnd"))
                .hasSizeGreaterThan(20)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(ignored.findValuesAsText("conversationStart")).isSorted();
        assertThat(ignored.findValuesAsText("conversationId"))
                .containsExactlyInAnyOrderElementsOf(inOrder.findValuesAsText("conversationId"));
    }

    @Test
    void a_listing_has_pages_of_25_unless_asked_otherwise_and_of_100_at_most() throws Exception {
        SandboxSettings many = new SandboxSettings(
                WorldSettings.SMALL.of(130, 8), "id", "secret", Duration.ofMinutes(10), 0, true, false);
        sandbox.close();
        sandbox = TestBridge.sandbox(many, clock);
        String token = goodToken();

        assertThat(counts(json(get(token)))).containsExactly(25, 25, 1, 6, 130);
        assertThat(counts(json(get(token, "?pageSize=30&pageNumber=5")))).containsExactly(10, 30, 5, 5, 130);
        assertThat(counts(json(get(token, "?pageSize=500")))).containsExactly(100, 100, 1, 2, 130);
        assertThat(json(get(token, "?pageSize=50")).path("nextUri").asText())
                .isEqualTo("/api/v2/conversations?pageSize=50&pageNumber=2");
        assertThat(json(get(token, "?pageSize=50&pageNumber=3")).has("nextUri")).isFalse();
    }

    private static List<Integer> counts(JsonNode listing) {
        return List.of(
                listing.path("entities").size(),
                listing.path("pageSize").asInt(),
                listing.path("pageNumber").asInt(),
                listing.path("pageCount").asInt(),
                listing.path("total").asInt());
    }

    @Test
    void the_same_seed_plays_the_same_conversations() {
        World one = new World(WorldSettings.SMALL, clock);
        World other = new World(WorldSettings.SMALL, clock);
        Instant later = clock.instant().plusSeconds(600);

        assertThat(one.begun(later)).isEqualTo(other.begun(later)).hasSizeGreaterThan(60);
    }

    @Test
    void the_number_of_active_conversations_never_changes() {
        World world = new World(WorldSettings.SMALL, clock);

        for (int second = 0; second < 600; second += 7) {
            assertThat(world.live(clock.instant().plusSeconds(second))).hasSize(12);
        }
    }

    @Test
    void conversations_are_queued_held_transferred_and_wrapped_up() {
        World world = new World(WorldSettings.SMALL, clock);

        assertThat(world.begun(clock.instant().plusSeconds(900)))
                .anyMatch(story -> story.plan().kind() == Kind.TRANSFER_TO_QUEUE)
                .anyMatch(story -> story.plan().kind() == Kind.OUTBOUND)
                .anyMatch(story -> story.works().get(0).heldMs() > 0)
                .extracting(story -> story.plan().mediaType())
                .contains("voice", "message", "chat", "email");
    }

    @Test
    void a_varied_world_plays_every_kind_of_conversation() {
        World world = new World(new WorldSettings(20, 4, 3, 1, Duration.ofMinutes(2), 7, true), clock);

        assertThat(world.begun(clock.instant().plusSeconds(3_600)))
                .extracting(story -> story.plan().kind())
                .contains(Kind.values());
    }

    private static String active(int page) {
        return Fixtures.quoted("{'interval':'2026-11-19T00:00:00.000Z/2026-11-21T00:00:00.000Z',"
                        + "'conversationFilters':[{'type':'and','predicates':[{'dimension':'conversationEnd',"
                        + "'operator':'notExists'}]}],'paging':{'pageSize':5,'pageNumber':" + page + "}}")
                .toString();
    }

    private static String newestEnds() {
        return Fixtures.quoted("{'interval':'2026-11-19T00:00:00.000Z/2026-11-21T00:00:00.000Z','order':'desc',"
                        + "'orderBy':'conversationEnd','conversationFilters':[{'type':'and','predicates':["
                        + "{'dimension':'conversationEnd','operator':'exists'}]}],"
                        + "'paging':{'pageSize':100,'pageNumber':1}}")
                .toString();
    }

    private String goodToken() throws Exception {
        return json(token("secret")).path("access_token").asText();
    }

    private HttpResponse<String> token(String secret) throws Exception {
        return send(HttpRequest.newBuilder(uri("/oauth/token"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=id&client_secret=" + secret)));
    }

    private HttpResponse<String> get(String token) throws Exception {
        return get(token, "");
    }

    private HttpResponse<String> get(String token, String query) throws Exception {
        return send(HttpRequest.newBuilder(uri("/api/v2/conversations" + query))
                .header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> post(String token, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(DETAILS))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return sandbox.url().resolve(path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Fixtures.parse(answer.body());
    }
}
