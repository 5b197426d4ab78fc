// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestBridge;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.poll.PollLog;
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
    private static final int CONVERSATIONS = 100;
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
            "contentType",
            // The broker's own, of a message that it keeps outside its journal.
            "_AMQ_LARGE_SIZE");
    private static final Map<String, String> ANALYTICS = Map.of("poll.source", "analytics", "poll.page-size", "25");
    private static final Map<String, String> LISTING = Map.of("poll.source", "conversations", "poll.page-size", "25");
    private static final Map<String, String> TUTORIAL =
            Map.of("genesys.dialect", "tutorial", "poll.media-types", "voice", "poll.page-size", "25");

    /** Conversations, with the reason to park them; none where they are delivered. */
    private static final Map<String, String> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("{'id':'first','participants':[]}", "");
        SHAPES.put("null", "(root) is null instead of an object.");
        SHAPES.put("7", "(root) is a number instead of an object.");
        SHAPES.put("[]", "(root) is a list instead of an object.");
        SHAPES.put("{'participants':[]}", "id is missing.");
        SHAPES.put("{'id':null,'participants':[],'a':1}", "id is missing.");
        SHAPES.put("{'id':'','participants':[],'b':1}", "id is missing.");
        SHAPES.put("{'id':17,'participants':[]}", "id is a number instead of a text.");
        SHAPES.put("{'id':{'id':'x'}}", "id is an object instead of a text.");
        SHAPES.put("{'id':'" + "x".repeat(201) + "'}", "id is longer than 200 characters.");
        SHAPES.put("{'id':'a\\nb'}", "id holds a character that cannot be printed.");
        SHAPES.put("{'id':'without participants'}", "participants is missing.");
        SHAPES.put("{'id':'null for participants','participants':null}", "participants is missing.");
        SHAPES.put("{'id':'no list','participants':{}}", "participants is an object instead of a list.");
        SHAPES.put("{'id':'nobody','participants':[null]}", "");
        SHAPES.put(
                "{'id':'number for one','participants':[null,7]}", "participants[1] is a number instead of an object.");
        SHAPES.put(
                "{'id':'number for user','participants':[{'purpose':'agent','userId':17}]}",
                "participants[0].userId is a number instead of a text.");
        SHAPES.put(
                "{'id':'number for queue','participants':[{'purpose':'acd','queueId':17}]}",
                "participants[0].queueId is a number instead of a text.");
        SHAPES.put(
                "{'id':'agent twice','participants':[{'purpose':'agent','id':'p','userId':'u','calls':[null]},"
                        + "{'purpose':'agent','id':'p','userId':'u'}]}",
                "");
        SHAPES.put("{'id':'no time','startTime':'soon','participants':[]}", "startTime is not an ISO-8601 time.");
    }

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    /** The conversations of the answers to polls, as they were sent. */
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();
    /** To everything, where it is not empty; the sandbox's own else. */
    private volatile String answer = "";

    @TempDir
    private Path dataDir;

    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of(ANALYTICS, List.of(new WritesHostileText(1), new MisshapesConversations(1))),
                // This one has no pages.
                Arguments.of(LISTING, List.of(new WritesHostileText(2))),
                Arguments.of(LISTING, List.of(new MisshapesConversations(2))),
                Arguments.of(TUTORIAL, List.of(new WritesHostileText(3), new MisshapesConversations(3))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sources")
    void each_conversation_is_delivered_as_it_is_or_parked_with_a_reason(Map<String, String> source, List<Fault> faults)
            throws Exception {
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBridge test = bridge(source)) {
            test.sandbox().add(oneAfterTheOther(faults));
            test.start();
            PollFigures figures = await().atMost(Duration.ofSeconds(60))
                    .until(() -> test.bridge().polls().figures(), HostileDataTest::isThrough);

            List<TextMessage> delivered = test.results((int) figures.delivered());
            List<TextMessage> parked = test.receive(test.settings().queues().error(), (int) figures.parked());

            assertThat(sent).hasSizeGreaterThan(20);
            assertThat(delivered).isNotEmpty();
            assertThat(parked).isNotEmpty();
            delivered.forEach(this::assertAsSent);
            List<JsonNode> kept = sent.stream().map(HostileDataTest::kept).toList();
            parked.forEach(message -> assertWithReason(message, kept));
            assertThat(ids(delivered)).doesNotHaveDuplicates();
            assertThat(parked).extracting(TestBridge::json).doesNotHaveDuplicates();
            assertNoneIsMissing(delivered, parked);
            assertThat(log.messages())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).isEqualTo(ForeignText.printable(line, 2_000)));
            assertThat(figures.failedPolls()).isZero();
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
            assertThat(test.depth(test.settings().queues().error())).isZero();
            assertThat(test.depth("DLQ." + test.settings().queues().pages())).isZero();
            // What was asked for the histories is the query that was meant, whatever the ids of the agents are.
            assertThat(requests)
                    .filteredOn(request -> request.method().equals("POST"))
                    .isNotEmpty()
                    .allSatisfy(
                            request -> assertThat(Fixtures.parse(request.body()).isObject())
                                    .isTrue());
        }
    }

    /** The poll is over, and what it announced has left the page queue. */
    private static boolean isThrough(PollFigures figures) {
        return figures.polls() == 1
                && figures.delivered() + figures.parked() == figures.changed() + figures.unreadable();
    }

    /** Page by page another. */
    private static Fault oneAfterTheOther(List<Fault> faults) {
        AtomicInteger answers = new AtomicInteger();
        return (request, normal) ->
                faults.get(answers.getAndIncrement() % faults.size()).answer(request, normal);
    }

    /** All in one answer. What is delivered is named by its id, what is parked by its reason. */
    @Test
    void each_shape_is_delivered_or_parked_and_holds_up_no_other() throws Exception {
        List<String> deliveredIds = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ArrayNode entities = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, String> shape : SHAPES.entrySet()) {
            JsonNode entity = Fixtures.quoted(shape.getKey());
            entities.add(entity);
            if (shape.getValue().isEmpty()) {
                deliveredIds.add(entity.path("id").asText());
            } else {
                reasons.add(shape.getValue());
            }
        }
        // Told of once more it is one conversation, whatever else is told of it.
        entities.add(Fixtures.quoted("{'id':'first','participants':[{'purpose':'agent','userId':'other'}]}"));
        entities.add(Fixtures.quoted("{'id':'last','participants':[]}"));
        deliveredIds.add("last");
        try (TestBridge test = bridge(LISTING)) {
            test.sandbox()
                    .add((request, normal) -> request.isForToken()
                            ? normal.get()
                            : normal.get().with(200, "{\"entities\":" + entities + "}"));
            test.start();

            List<TextMessage> parked = test.receive(test.settings().queues().error(), reasons.size());
            List<TextMessage> delivered = test.results(deliveredIds.size());

            assertThat(ids(delivered)).containsExactlyInAnyOrderElementsOf(deliveredIds);
            assertThat(parked).extracting(HostileDataTest::problem).containsExactlyInAnyOrderElementsOf(reasons);
            for (TextMessage message : parked) {
                assertThat(message.getStringProperty("errorCode")).isEqualTo("CONVERSATION_MALFORMED");
                assertThat(entities).contains(json(message));
                JsonNode id = json(message).path("id");
                boolean known = id.isTextual() && !problem(message).startsWith("id ");
                assertThat(message.getStringProperty("conversationId")).isEqualTo(known ? id.textValue() : null);
            }
            await().until(() -> test.bridge().polls().figures().polls() == 1);
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
            assertThat(test.depth(test.settings().queues().error())).isZero();
        }
    }

    @Test
    void an_answer_that_makes_no_sense_fails_the_poll_by_name() throws Exception {
        String deep = "[".repeat(1_001) + "]".repeat(1_001);
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("[]", "no object with a list of conversations");
        reasons.put("null", "no object with a list of conversations");
        reasons.put("{\"conversations\":{\"a\":{}}}", "no object with a list of conversations");
        reasons.put("{\"conversations\":\"none\"}", "no object with a list of conversations");
        reasons.put("", "not, or not all, JSON");
        reasons.put("{\"conversations\":[" + deep + "]}", "breaks a limit of the JSON reader");
        reasons.put("{\"totalHits\":" + "9".repeat(1_001) + "}", "breaks a limit of the JSON reader");
        reasons.put("{\"" + "n".repeat(50_001) + "\":1}", "breaks a limit of the JSON reader");
        reasons.put("{\"conversations\":[{\"conversationId\":\"\ud83d\"", "not, or not all, JSON");

        try (LogCapture log = LogCapture.of(PollLog.class);
                TestBridge test = answering(Map.of("poll.source", "analytics", "genesys.retries", "1"))) {
            for (Map.Entry<String, String> answered : reasons.entrySet()) {
                long failed = test.bridge().polls().figures().failedPolls();
                poll(test, answered.getKey());

                await().until(() -> test.bridge().polls().figures().failedPolls() == failed + 1);
                assertThat(log.messages().stream().filter(line -> line.startsWith("poll failed")))
                        .hasSize((int) failed + 1)
                        .last()
                        .asString()
                        .contains(answered.getValue())
                        .containsAnyOf("code=GENESYS_ANSWER_UNREADABLE: ", "code=GENESYS_UNAVAILABLE: ");
            }
        }
    }

    @Test
    void a_number_of_hits_that_is_none_does_not_end_the_reading_nor_prolong_it() throws Exception {
        try (TestBridge test = answering(ANALYTICS)) {
            for (String totalHits : List.of("1e400", "1e999999999", "-1", "9".repeat(999), "\"many\"")) {
                PollFigures before = test.bridge().polls().figures();
                int asked = requests.size();
                poll(test, "{\"totalHits\":" + totalHits + "}");

                await().until(() -> test.bridge().polls().figures().polls() == before.polls() + 1);
                assertThat(test.bridge().polls().figures().failedPolls()).isZero();
                assertThat(requests).hasSizeLessThanOrEqualTo(asked + 10);
            }
        }
    }

    /** Asked for anything but a token, its sandbox gives {@link #answer}. */
    private TestBridge answering(Map<String, String> source) throws Exception {
        TestBridge test = bridge(source);
        test.sandbox()
                .add((request, normal) -> request.isForToken()
                        ? normal.get()
                        : SandboxAnswer.json(200, answer).withHeader("Content-Type", "text/html; charset=bogus"));
        return test;
    }

    /** The first poll is the one at the start. */
    private void poll(TestBridge test, String toBeAnswered) throws JMSException {
        boolean first = answer.isEmpty() && requests.isEmpty();
        answer = toBeAnswered;
        if (first) {
            test.start();
        } else {
            test.poll();
        }
    }

    /** Every conversation that was sent arrived, but for those that have ended. */
    private void assertNoneIsMissing(List<TextMessage> delivered, List<TextMessage> parked) {
        Set<String> deliveredIds = ids(delivered).collect(Collectors.toSet());
        Set<JsonNode> originals = parked.stream().map(TestBridge::json).collect(Collectors.toSet());
        assertThat(sent.stream()
                        .filter(one -> !one.hasNonNull("endTime") && !one.hasNonNull("conversationEnd"))
                        .filter(one -> !originals.contains(kept(one)) && !deliveredIds.contains(id(one)))
                        .map(one -> ForeignText.printable(one.toString(), 500)))
                .isEmpty();
    }

    private void assertAsSent(TextMessage message) {
        JsonNode content = json(message);
        assertThat(MessageSchema.violations(content)).isEmpty();
        List<JsonNode> originals =
                sent.stream().filter(one -> id(one).equals(id(content))).toList();
        assertThat(originals).isNotEmpty();
        Set<String> texts = new HashSet<>();
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

    private static void assertWithReason(TextMessage message, List<JsonNode> kept) {
        try {
            assertThat(NAMED).contains(message.getStringProperty("errorCode"));
            assertThat(message.getStringProperty("errorMessage"))
                    .contains(" cannot be read: field ")
                    .hasLineCount(1);
            assertThat(message.getText()).matches("[^\\p{C}]*");
            JsonNode original = json(message);
            assertThat(kept.stream().filter(original::equals))
                    .as(message.getStringProperty("errorMessage"))
                    .hasSize(1);
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

    /** What the error queue keeps of it: no attributes, and a number that no double can hold is the text of one. */
    private static JsonNode kept(JsonNode conversation) {
        JsonNode copy = Fixtures.parse(conversation.toString());
        copy.findParents("attributes").forEach(parent -> {
            if (parent.get("attributes") instanceof ObjectNode attributes) {
                attributes.removeAll();
            } else {
                ((ObjectNode) parent).remove("attributes");
            }
        });
        return copy;
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

    private void note(SandboxRequest request, SandboxAnswer given) {
        if (request.isForApi()) {
            requests.add(request);
            boolean poll = request.method().equals("GET") || request.body().contains("notExists");
            if (poll && answer.isEmpty() && given.status() == 200) {
                JsonNode body = Fixtures.parse(given.body());
                (body.has("entities") ? body.get("entities") : body.path("conversations")).forEach(sent::add);
            }
        }
    }
}
