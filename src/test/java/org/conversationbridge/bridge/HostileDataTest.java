// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.MisshapesConversations;
import org.conversationbridge.sandbox.fault.WritesHostileText;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.text.ForeignText;
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

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    /** The conversations of the answers to polls, as they were sent. */
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

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
            // The request for histories is the query that was meant, whatever the ids of the agents are.
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
        // A phone number has one form.
        List.copyOf(texts).stream()
                .filter(text -> text.matches("\\+\\d{5,15}"))
                .forEach(number -> texts.add("tel:" + number));
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
        return TestBridge.of(sandbox, dataDir, new HashMap<>(source));
    }

    private void note(SandboxRequest request, SandboxAnswer given) {
        if (request.isForApi()) {
            requests.add(request);
            boolean poll = request.method().equals("GET") || request.body().contains("notExists");
            if (poll && given.status() == 200) {
                JsonNode body = Fixtures.parse(given.body());
                (body.has("entities") ? body.get("entities") : body.path("conversations")).forEach(sent::add);
            }
        }
    }
}
