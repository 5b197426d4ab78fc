// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.MisshapesConversations;
import org.conversationbridge.sandbox.fault.WritesHostileText;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.text.ForeignText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile answers through the whole connector: each conversation is delivered as it is or parked with a reason. */
class HostileDataTest {
    private static final int CONVERSATIONS = 150;
    private static final Set<String> NAMED = Set.of("CONVERSATION_MALFORMED");
    private static final List<String> OF_THE_ANSWER = List.of(
            "/conversationId",
            "/direction",
            "/queue/id",
            "/queue/name",
            "/agent/userId",
            "/agent/name",
            "/agent/participantId",
            "/customer/participantId",
            "/customer/address",
            "/customer/externalContactId",
            "/divisionIds/0");

    private static final Set<Object> PUBLISHED = Set.of(
            "JMSXGroupID",
            "JMSXDeliveryCount",
            "eventType",
            "schemaVersion",
            "messageId",
            "conversationId",
            "mediaType",
            "direction",
            "state",
            "queueId",
            "agentUserId",
            "historyStatus",
            "sequence",
            "contentType");
    private static final Map<String, String> ANALYTICS = Map.of("poll.source", "analytics");
    private static final Map<String, String> LISTING = Map.of("poll.source", "conversations");
    private static final Map<String, String> TUTORIAL =
            Map.of("genesys.dialect", "tutorial", "poll.media-types", "voice");

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    /** The conversations of the answers to polls, as they were sent. */
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    static Stream<Arguments> sources() {
        return Stream.of(ANALYTICS, LISTING, TUTORIAL)
                .flatMap(source -> Stream.of(1L, 2L)
                        .flatMap(seed -> Stream.of(
                                Arguments.of(source, new WritesHostileText(seed), "text " + seed),
                                Arguments.of(source, new MisshapesConversations(seed), "shape " + seed))));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("sources")
    void each_conversation_is_delivered_as_it_is_or_parked_with_a_reason(
            Map<String, String> source, Fault fault, String name) throws Exception {
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBridge test = bridge(source)) {
            test.sandbox().add(fault);
            test.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> test.bridge().polls().figures().polls() == 1
                            && test.depth(test.settings().queues().pages()) == 0);

            List<TextMessage> delivered = drain(test, test.settings().queues().enriched());
            List<TextMessage> parked = drain(test, test.settings().queues().error());

            assertThat(sent).hasSizeGreaterThan(20);
            delivered.forEach(this::assertAsSent);
            parked.forEach(this::assertWithReason);
            assertThat(delivered).isNotEmpty();
            assertThat(ids(delivered)).doesNotHaveDuplicates();
            assertThat(parked).extracting(TestBridge::json).doesNotHaveDuplicates();
            assertNoneIsMissing(delivered, parked);
            assertThat(log.messages())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).isEqualTo(ForeignText.printable(line, 2_000)));
            assertThat(test.bridge().polls().figures().failedPolls()).isZero();
            assertThat(test.depth("DLQ." + test.settings().queues().pages())).isZero();
            // What was asked for the histories is the query that was meant, whatever the ids of the agents are.
            assertThat(requests)
                    .filteredOn(request -> request.method().equals("POST"))
                    .allSatisfy(
                            request -> assertThat(Fixtures.parse(request.body()).isObject())
                                    .isTrue());
        }
    }

    @Test
    void conversations_without_an_id_are_parked_one_by_one() throws Exception {
        try (TestBridge test = bridge(LISTING)) {
            test.sandbox()
                    .add((request, normal) -> request.isForToken()
                            ? normal.get()
                            : normal.get()
                                    .with(
                                            200,
                                            "{\"entities\":[null,7,{\"id\":17,\"participants\":[]},{\"participants\":null},"
                                                    + "{\"id\":\"" + "x".repeat(201) + "\"},{\"id\":\"a\\nb\"}]}"));
            test.start();

            List<TextMessage> parked = test.receive(test.settings().queues().error(), 6);

            assertThat(parked).allSatisfy(message -> {
                assertThat(message.propertyExists("conversationId")).isFalse();
                assertThat(message.getStringProperty("errorMessage")).contains("without an id (fingerprint ");
            });
            assertThat(parked)
                    .extracting(HostileDataTest::problem)
                    .containsExactlyInAnyOrder(
                            "(root) is null instead of an object.",
                            "(root) is a number instead of an object.",
                            "id is a number instead of a text.",
                            "id is missing.",
                            "id is longer than 200 characters.",
                            "id holds a character that cannot be printed.");
        }
    }

    static Stream<Arguments> answers() {
        String deep = "[".repeat(1_001) + "]".repeat(1_001);
        return Stream.of(
                Arguments.of("[]", "application/json", "GENESYS_ANSWER_UNREADABLE"),
                Arguments.of("null", "application/json", "GENESYS_ANSWER_UNREADABLE"),
                Arguments.of("{\"conversations\":{\"a\":{}}}", "application/json", "GENESYS_ANSWER_UNREADABLE"),
                Arguments.of("{\"conversations\":\"none\"}", "application/json", "GENESYS_ANSWER_UNREADABLE"),
                Arguments.of("", "application/json", "GENESYS_UNAVAILABLE"),
                Arguments.of("{\"conversations\":[" + deep + "]}", "application/json", "GENESYS_UNAVAILABLE"),
                Arguments.of("{\"totalHits\":" + "9".repeat(1_001) + "}", "application/json", "GENESYS_UNAVAILABLE"),
                Arguments.of("{\"" + "n".repeat(50_001) + "\":1}", "application/json", "GENESYS_UNAVAILABLE"),
                Arguments.of(
                        "{\"conversations\":[{\"conversationId\":\"\ud83d\"",
                        "text/html; charset=bogus",
                        "GENESYS_UNAVAILABLE"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_that_makes_no_sense_fails_the_poll_by_name(String body, String contentType, String code)
            throws Exception {
        try (TestBridge test = bridge(Map.of("poll.source", "analytics", "genesys.retries", "1"))) {
            test.sandbox()
                    .add((request, normal) -> request.isForToken()
                            ? normal.get()
                            : SandboxAnswer.json(200, body).withHeader("Content-Type", contentType));
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

            assertThat(test.bridge().polls().lastFailure()).contains(code);
        }
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of("1e400"), Arguments.of("-1"), Arguments.of("9".repeat(999)), Arguments.of("\"many\""));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void a_number_of_hits_that_is_none_does_not_end_the_reading_nor_prolong_it(String totalHits) throws Exception {
        try (TestBridge test = bridge(ANALYTICS)) {
            test.sandbox()
                    .add((request, normal) -> request.isForToken()
                            ? normal.get()
                            : SandboxAnswer.json(200, "{\"totalHits\":" + totalHits + "}"));
            test.start();

            await().until(() -> test.bridge().polls().figures().polls() == 1);
        }
    }

    /** Every conversation that was sent arrived, but for those that have ended. */
    private void assertNoneIsMissing(List<TextMessage> delivered, List<TextMessage> parked) {
        Set<String> deliveredIds = ids(delivered).collect(Collectors.toSet());
        Set<JsonNode> originals = parked.stream().map(TestBridge::json).collect(Collectors.toSet());
        assertThat(sent.stream()
                        .filter(one -> !one.hasNonNull("endTime") && !one.hasNonNull("conversationEnd"))
                        .filter(one -> !originals.contains(one) && !deliveredIds.contains(id(one)))
                        .map(one -> Integer.toHexString(one.hashCode())))
                .isEmpty();
    }

    private void assertAsSent(TextMessage message) {
        JsonNode content = json(message);
        assertThat(MessageSchema.violations(content)).isEmpty();
        List<JsonNode> originals =
                sent.stream().filter(one -> id(one).equals(id(content))).toList();
        assertThat(originals).isNotEmpty();
        Set<String> texts = new java.util.HashSet<>();
        originals.forEach(original -> texts(original, texts));
        for (String pointer : OF_THE_ANSWER) {
            JsonNode value = content.at(pointer);
            if (value.isTextual()) {
                assertThat(texts).contains(value.textValue());
            }
        }
        try {
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message.getText()))
                    .isTrue();
            assertThat(message.getJMSCorrelationID())
                    .isEqualTo(content.path("conversationId").asText());
            assertProperty(message, "JMSXGroupID", content.path("conversationId"));
            assertProperty(message, "conversationId", content.path("conversationId"));
            assertProperty(message, "mediaType", content.path("mediaType"));
            assertProperty(message, "direction", content.path("direction"));
            assertProperty(message, "queueId", content.at("/queue/id"));
            assertProperty(message, "agentUserId", content.at("/agent/userId"));
            assertThat(PUBLISHED).containsAll(Collections.list(message.getPropertyNames()));
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertProperty(TextMessage message, String name, JsonNode value) throws JMSException {
        assertThat(message.getStringProperty(name)).isEqualTo(value.isTextual() ? value.textValue() : null);
    }

    private void assertWithReason(TextMessage message) {
        try {
            assertThat(NAMED).contains(message.getStringProperty("errorCode"));
            assertThat(message.getStringProperty("errorMessage"))
                    .contains(" cannot be read: field ")
                    .hasLineCount(1);
            assertThat(message.getText()).matches("[^\\p{C}]*");
            assertThat(sent.contains(json(message)))
                    .as(message.getStringProperty("errorMessage"))
                    .isTrue();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static String problem(TextMessage message) {
        try {
            return message.getStringProperty("errorMessage").replaceAll(".*cannot be read: field ", "");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static void texts(JsonNode node, Set<String> texts) {
        if (node.isTextual()) {
            texts.add(ForeignText.wellFormed(node.textValue()));
        }
        node.forEach(child -> texts(child, texts));
    }

    private static Stream<String> ids(List<TextMessage> messages) {
        return messages.stream().map(message -> id(json(message)));
    }

    private static String id(JsonNode conversation) {
        return conversation
                .path("conversationId")
                .asText(conversation.path("id").asText());
    }

    private static List<TextMessage> drain(TestBridge test, String queue) throws JMSException {
        return new ArrayList<>(test.receive(queue, test.depth(queue)));
    }

    private TestBridge bridge(Map<String, String> source) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        WorldSettings small = WorldSettings.SMALL;
        boolean tutorial = source.equals(TUTORIAL);
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        new WorldSettings(
                                CONVERSATIONS, 30, small.queues(), small.historyPerAgent(), small.longest(), 42),
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        0,
                        source.equals(LISTING),
                        tutorial),
                still);
        sandbox.observe(this::note);
        return TestBridge.of(sandbox, dataDir, new HashMap<>(source), still);
    }

    private void note(SandboxRequest request, SandboxAnswer answer) {
        if (request.isForApi()) {
            requests.add(request);
            boolean poll = request.method().equals("GET") || request.body().contains("notExists");
            if (poll && answer.status() == 200 && answer.body().startsWith("{")) {
                JsonNode body = Fixtures.parse(answer.body());
                (body.has("entities") ? body.get("entities") : body.path("conversations")).forEach(sent::add);
            }
        }
    }
}
