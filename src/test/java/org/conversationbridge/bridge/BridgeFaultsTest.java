// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import jakarta.jms.TextMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.route.call.PauseAsAsked;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.AnswersHtml;
import org.conversationbridge.sandbox.fault.AnswersServerError;
import org.conversationbridge.sandbox.fault.AnswersTooManyRequests;
import org.conversationbridge.sandbox.fault.DripsBody;
import org.conversationbridge.sandbox.fault.DropsConnection;
import org.conversationbridge.sandbox.fault.DropsConnectionMidBody;
import org.conversationbridge.sandbox.fault.DropsTokenRequest;
import org.conversationbridge.sandbox.fault.EchoesCredentials;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.LimitsInterval;
import org.conversationbridge.sandbox.fault.LimitsPage;
import org.conversationbridge.sandbox.fault.MalformsConversation;
import org.conversationbridge.sandbox.fault.NeverEndsBody;
import org.conversationbridge.sandbox.fault.RedirectsElsewhere;
import org.conversationbridge.sandbox.fault.RefusesAddress;
import org.conversationbridge.sandbox.fault.RepeatsConversations;
import org.conversationbridge.sandbox.fault.RevokesToken;
import org.conversationbridge.sandbox.fault.SendsGzipBomb;
import org.conversationbridge.sandbox.fault.StallsAnswer;
import org.conversationbridge.sandbox.fault.TruncatesJson;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a poll when something goes wrong between the connector and Genesys Cloud. */
class BridgeFaultsTest {
    private static final Map<String, String> ANALYTICS = Map.of("poll.source", "analytics");
    /** Of faults that are late answers: with every other one a machine that pauses is no fault more. */
    private static final Map<String, String> IMPATIENT =
            Map.of("poll.source", "analytics", "genesys.response-timeout", "1s", "genesys.answer-timeout", "1500ms");

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("429, Retry-After", new AnswersTooManyRequests(2, "1", 1)),
                Arguments.of("429, only in the message", new AnswersTooManyRequests(1, "", 1)),
                Arguments.of(
                        "429 as a date gone by", new AnswersTooManyRequests(3, "Fri, 20 Nov 2015 12:00:00 GMT", 9)),
                Arguments.of("503 with HTML", new AnswersServerError(3, 503)),
                Arguments.of("504", new AnswersServerError(1, 504)),
                Arguments.of("408", new AnswersServerError(1, 408)),
                Arguments.of("no answer", new DropsConnection(2)),
                Arguments.of("reset in mid-body", new DropsConnectionMidBody(2)),
                Arguments.of("truncated JSON", new TruncatesJson(2)),
                Arguments.of("HTML instead of JSON", new AnswersHtml(2)),
                Arguments.of("a body that drips", new DripsBody(1)),
                Arguments.of("a body that never ends", new NeverEndsBody(2)),
                Arguments.of("a gzip bomb", new SendsGzipBomb(2)),
                Arguments.of("no answer from the token endpoint", new DropsTokenRequest(2)),
                Arguments.of("time-out", new StallsAnswer(1, Duration.ofSeconds(3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void what_passes_is_repeated_and_nothing_is_lost_or_doubled(String name, Fault fault) throws Exception {
        try (TestBridge test = bridge(settingsFor(fault))) {
            test.sandbox().add(fault);
            test.start();

            assertEachConversationOnce(test);
        }
    }

    private static Map<String, String> settingsFor(Fault fault) {
        return fault instanceof DripsBody || fault instanceof StallsAnswer ? IMPATIENT : ANALYTICS;
    }

    @Test
    void a_revoked_token_is_replaced_once() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new RevokesToken(1, test.sandbox().oauth()));
            test.start();

            assertEachConversationOnce(test);
            assertThat(requests).filteredOn(SandboxRequest::isForToken).hasSize(2);
        }
    }

    @Test
    void a_token_that_is_refused_again_and_again_is_replaced_once_a_poll() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new RevokesToken(100, test.sandbox().oauth()));
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);
            assertThat(test.bridge().polls().lastFailure()).contains("GENESYS_TOKEN_REJECTED");
            assertThat(requests).filteredOn(SandboxRequest::isForToken).hasSize(2);
            assertThat(test.sandbox().apiRequests()).isEqualTo(2);

            test.sandbox().removeFaults();
            test.poll();

            assertEachConversationOnce(test);
        }
    }

    @Test
    void more_results_than_may_be_paged_through_are_requested_in_shorter_intervals() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new LimitsInterval(Duration.ofHours(1)));
            test.start();

            assertEachConversationOnce(test);
            assertThat(test.bridge().polls().figures().failedPolls()).isZero();
        }
    }

    @Test
    void a_shorter_limit_of_intervals_is_found_out_and_kept() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new LimitsInterval(Duration.ofDays(7), "interval: may not exceed 7 days"));
            test.start();

            assertEachConversationOnce(test);
            assertThat(test.bridge().polls().figures().failedPolls()).isZero();
            assertThat(lists()).as("three refusals, five intervals").isEqualTo(3 + 5);

            requests.clear();
            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() >= 2);
            assertThat(lists()).as("no refusal in the next poll").isEqualTo(5);
        }
    }

    @Test
    void an_answer_that_is_too_large_is_requested_in_smaller_pages() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new LimitsPage(10));
            test.start();

            assertEachConversationOnce(test);
            requests.clear();
            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() >= 2);

            assertThat(lists())
                    .as("no refusal in the next poll: 12 conversations in pages of 6")
                    .isEqualTo(2);
        }
    }

    @Test
    void conversations_that_come_on_two_pages_are_delivered_once() throws Exception {
        try (TestBridge test = bridge(Map.of("poll.source", "analytics", "poll.page-size", "5"))) {
            test.sandbox().add(new RepeatsConversations());
            test.start();

            assertEachConversationOnce(test);
        }
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of(
                        new LacksPermission(100),
                        "GENESYS_ACCESS_DENIED",
                        "lacks the permission analytics:conversationDetail:view"),
                Arguments.of(new RefusesAddress(100), "GENESYS_ACCESS_DENIED", "allowlist"),
                Arguments.of(new NeverEndsBody(100), "GENESYS_ANSWER_TOO_LARGE", "larger than 1048576 bytes"),
                Arguments.of(new DripsBody(100), "GENESYS_UNAVAILABLE", "not complete after 1500 ms"),
                Arguments.of(new DropsConnectionMidBody(100), "GENESYS_UNAVAILABLE", "the connection broke"),
                Arguments.of(new TruncatesJson(100), "GENESYS_UNAVAILABLE", "not, or not all, JSON"),
                Arguments.of(new DropsTokenRequest(100), "TOKEN_UNAVAILABLE", "Check GENESYS_REGION"),
                Arguments.of(refusesClient(), "TOKEN_REFUSED", "Check GENESYS_CLIENT_ID"),
                Arguments.of(new AnswersServerError(100, 503), "GENESYS_UNAVAILABLE", "answered 503"),
                Arguments.of(
                        new AnswersTooManyRequests(100, "0", 0),
                        "GENESYS_RATE_LIMITED",
                        "genesys.requests-per-minute"));
    }

    /** As when the client was deleted meanwhile. */
    private static Fault refusesClient() {
        return (request, normal) -> request.isForToken()
                ? SandboxAnswer.json(400, "{\"error\":\"invalid_client\",\"description\":\"client not found\"}")
                : normal.get();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void what_lasts_fails_the_poll_with_a_sentence_and_the_next_one_heals_it(Fault fault, String code, String sentence)
            throws Exception {
        try (LogCapture log = LogCapture.of("org.conversationbridge.poll");
                TestBridge test = bridge(settingsFor(fault))) {
            test.sandbox().add(fault);
            test.start();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> test.bridge().polls().figures().failedPolls() == 1);
            assertThat(log.messages())
                    .anySatisfy(line -> assertThat(line)
                            .contains("poll failed code=" + code)
                            .contains(sentence)
                            .contains("The next poll tries again."));
            assertThat(test.bridge().polls().lastFailure()).contains(code);

            test.sandbox().removeFaults();
            test.poll();

            assertEachConversationOnce(test);
            assertThat(test.bridge().polls().lastFailure()).isEmpty();
        }
    }

    @Test
    void a_wait_of_an_hour_is_capped_with_an_alert_and_does_not_hold_up_the_end() throws Exception {
        try (LogCapture log = LogCapture.of(PauseAsAsked.class)) {
            TestBridge test = bridge(ANALYTICS);
            test.sandbox().add(new AnswersTooManyRequests(1, "3600", 3600));
            test.start();
            await().until(() -> log.messages().stream().anyMatch(line -> line.contains("waiting only 180 s")));

            long begin = System.nanoTime();
            test.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("instead of 180 s")
                    .isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void a_token_endpoint_that_is_down_at_the_start_is_asked_again_by_the_polls() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new DropsTokenRequest(3));
            test.bridge().checkCredentials();
            test.start();

            assertEachConversationOnce(test);
        }
    }

    @Test
    void a_token_revoked_in_mid_poll_is_replaced_and_the_poll_goes_on() throws Exception {
        try (TestBridge test = bridge(Map.of("poll.source", "analytics", "poll.page-size", "5"))) {
            AtomicInteger requestsToApi = new AtomicInteger();
            test.sandbox().add((request, normal) -> {
                if (request.isForApi() && requestsToApi.incrementAndGet() == 2) {
                    test.sandbox().oauth().revokeTokens();
                    test.sandbox().add(new DropsTokenRequest(1));
                }
                return normal.get();
            });
            test.start();

            assertEachConversationOnce(test);
            assertThat(test.bridge().polls().figures().failedPolls()).isZero();
        }
    }

    @Test
    void a_clock_that_is_an_hour_off_neither_prolongs_a_wait_nor_spoils_a_token() throws Exception {
        Clock real = Clock.systemUTC();
        Clock behind = Clock.offset(real, Duration.ofHours(-1));
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), real);
        try (TestBridge test = TestBridge.of(sandbox, dataDir, Map.of("poll.source", "conversations"), behind)) {
            String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    real.instant().plusSeconds(1).atOffset(ZoneOffset.UTC));
            test.sandbox().add(new AnswersTooManyRequests(1, soon, 3600));
            long begin = System.nanoTime();
            test.start();
            await().until(() -> test.bridge().polls().lastFailure().isPresent());

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("instead of 180 s")
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(test.bridge().polls().lastFailure()).contains("GENESYS_USER_CONTEXT_REQUIRED");
        }
    }

    @Test
    void links_of_an_answer_get_no_request() throws Exception {
        try (Sandbox elsewhere = TestBridge.sandbox(SandboxSettings.defaults(), still);
                TestBridge test = listing(Map.of("poll.source", "conversations"))) {
            List<SandboxRequest> gone = new CopyOnWriteArrayList<>();
            elsewhere.observe((request, answer) -> gone.add(request));
            String link = elsewhere.url() + "/api/v2/conversations?pageNumber=2";
            test.sandbox().add((request, normal) -> {
                SandboxAnswer answer = normal.get();
                return answer.with(
                        answer.status(),
                        answer.body()
                                .replace(
                                        "\"pageCount\":1",
                                        "\"pageCount\":2,\"nextUri\":\"" + link + "\",\"lastUri\":\"" + link + "\"")
                                .replace("\"selfUri\":\"", "\"selfUri\":\"" + elsewhere.url()));
            });
            test.start();
            assertEachConversationOnce(test);

            assertThat(requests)
                    .filteredOn(request -> request.query().contains("pageNumber=2"))
                    .hasSize(1);
            assertThat(gone).isEmpty();
        }
    }

    @Test
    void credentials_that_a_refusal_repeats_are_hidden() throws Exception {
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBridge test = bridge(ANALYTICS)) {
            List<String> tokens = new CopyOnWriteArrayList<>();
            test.sandbox().add(new EchoesCredentials(1));
            test.sandbox()
                    .observe(
                            (request, answer) -> request.header("Authorization").ifPresent(tokens::add));
            assertThatThrownBy(() -> test.bridge().checkCredentials()).hasMessageContaining("Basic (hidden)");
            test.sandbox().removeFaults();
            test.sandbox()
                    .add((request, normal) ->
                            request.isForApi() ? new EchoesCredentials(1).answer(request, normal) : normal.get());
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

            assertThat(log.messages()).anySatisfy(line -> assertThat(line).contains("Bearer (hidden)"));
            assertThat(tokens)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(token -> assertThat(log.messages())
                            .noneMatch(line -> line.contains(token.replaceAll("^\\w+ ", ""))));
        }
    }

    @Test
    void what_is_final_is_asked_once() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new LacksPermission(100));
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

            assertThat(test.sandbox().apiRequests()).isEqualTo(1);
        }
    }

    @Test
    void a_redirect_gets_no_token() throws Exception {
        try (Sandbox elsewhere = TestBridge.sandbox(SandboxSettings.defaults(), still);
                TestBridge test = bridge(ANALYTICS)) {
            List<SandboxRequest> gone = new CopyOnWriteArrayList<>();
            elsewhere.observe((request, answer) -> gone.add(request));
            URI location = elsewhere.url().resolve("/api/v2/analytics/conversations/details/query");
            test.sandbox().add(new RedirectsElsewhere(100, location.toString()));
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

            assertThat(gone).isEmpty();
            assertThat(test.bridge().polls().lastFailure()).contains("GENESYS_REQUEST_REFUSED");
        }
    }

    @Test
    void a_malformed_conversation_is_parked_once_and_the_others_are_delivered() throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox().add(new MalformsConversation());
            test.start();

            assertThat(conversationIds(test.results(11))).hasSize(11);
            TextMessage parked =
                    test.receive(test.settings().queues().error(), 1).get(0);
            assertThat(parked.getStringProperty("errorCode")).isEqualTo("CONVERSATION_MALFORMED");
            assertThat(parked.getStringProperty("errorStage")).isEqualTo("compare-conversation");
            assertThat(parked.getStringProperty("errorMessage"))
                    .contains("field participants is a text instead of a list");
            assertThat(parked.getIntProperty("attempts")).isEqualTo(1);
            assertThat(Instant.parse(parked.getStringProperty("firstFailedAt")))
                    .as("by the Date of the answers, which is in seconds")
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            assertThat(json(parked).path("participants").asText()).isEqualTo("nobody");
            assertThat(parked.getStringProperty("conversationId"))
                    .isEqualTo(json(parked).path("conversationId").asText());

            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() == 2);
            assertThat(test.depth(test.settings().queues().error())).isZero();
        }
    }

    @Test
    void without_analytics_messages_say_that_the_history_is_unavailable_after_one_look_up() throws Exception {
        try (TestBridge test = listing(Map.of())) {
            test.sandbox().add(new LacksPermission(100));
            test.start();

            List<TextMessage> results = test.results(12);

            assertThat(results)
                    .extracting(TestBridge::json)
                    .allSatisfy(
                            message -> assertThat(message.at("/history/status").asText())
                                    .isEqualTo(message.path("agent").isNull() ? "none" : "unavailable"));
            assertThat(test.sandbox().apiRequests()).isEqualTo(2);
        }
    }

    @Test
    void with_park_a_conversation_without_history_is_parked() throws Exception {
        try (TestBridge test = listing(Map.of("history.on-unavailable", "park"))) {
            test.sandbox().add(new LacksPermission(100));
            test.start();

            await().until(() -> test.bridge().polls().figures().parked() > 0);
            test.awaitDelivered();
            long withAgent = test.bridge().polls().figures().parked();
            assertThat(test.results((int) (12 - withAgent)))
                    .extracting(TestBridge::json)
                    .allSatisfy(message ->
                            assertThat(message.path("agent").isNull()).isTrue());
            assertThat(test.receive(test.settings().queues().error(), (int) withAgent))
                    .allSatisfy(parked -> {
                        assertThat(parked.getStringProperty("errorCode")).isEqualTo("HISTORY_UNAVAILABLE");
                        assertThat(parked.getStringProperty("errorStage")).isEqualTo("deliver-conversation");
                        assertThat(json(parked)
                                        .at("/conversation/conversationId")
                                        .asText())
                                .isEqualTo(parked.getStringProperty("conversationId"));
                    });
        }
    }

    /** Queries for active conversations. */
    private long lists() {
        return requests.stream()
                .filter(request -> request.body().contains("notExists"))
                .count();
    }

    private static void assertEachConversationOnce(TestBridge test) throws Exception {
        assertThat(conversationIds(test.results(12))).hasSize(12);
        await().until(() -> test.bridge().polls().figures().polls() >= 1);
        test.awaitDelivered();
        assertThat(test.depth(test.settings().queues().enriched())).isZero();
        assertThat(test.depth(test.settings().queues().error())).isZero();
    }

    private static Set<String> conversationIds(List<TextMessage> messages) {
        return messages.stream()
                .map(message -> json(message).path("conversationId").asText())
                .collect(java.util.stream.Collectors.toSet());
    }

    private TestBridge bridge(Map<String, String> settings) throws Exception {
        return bridge(SandboxSettings.defaults(), settings);
    }

    /** Active conversations from the listing, so that analytics is queried for histories only. */
    private TestBridge listing(Map<String, String> settings) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        return bridge(
                new SandboxSettings(
                        WorldSettings.SMALL,
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        0,
                        true,
                        false),
                settings);
    }

    private TestBridge bridge(SandboxSettings settings, Map<String, String> overrides) throws Exception {
        Sandbox sandbox = TestBridge.sandbox(settings, still);
        sandbox.observe((request, answer) -> requests.add(request));
        Map<String, String> all = new java.util.HashMap<>(overrides);
        all.putIfAbsent("genesys.response-timeout", "30s");
        all.putIfAbsent("genesys.answer-timeout", "30s");
        all.put("genesys.max-answer-size", "1MB");
        return TestBridge.of(sandbox, dataDir, all);
    }
}
