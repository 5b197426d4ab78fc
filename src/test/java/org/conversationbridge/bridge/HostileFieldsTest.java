// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.HostileText;
import org.conversationbridge.text.ForeignText;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every hostile text in every field that reaches a message, a property, a query or a log line, all in one poll: each
 * conversation is delivered with the very text or parked with the reason.
 */
class HostileFieldsTest {
    /** Escapes what has no form in UTF-8. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String LISTED = """
            {'id':'x','divisions':[{'division':{'id':'d'}}],'participants':[
            {'purpose':'customer','id':'c','externalContactId':'e','address':'f','attributes':{'tier':'t'},
            'calls':[{'state':'connected','direction':'inbound'}]},
            {'purpose':'agent','id':'a','userId':'u','name':'n','queueId':'q','queueName':'m',
            'calls':[{'state':'connected'}]}]}""";
    private static final List<Field> FIELDS_LISTED = List.of(
            new Field("/id", "/conversationId", "conversationId"),
            new Field("/participants/0/calls/0/direction", "/direction", "direction"),
            new Field("/participants/1/queueId", "/queue/id", "queueId"),
            new Field("/participants/1/userId", "/agent/userId", "agentUserId"),
            new Field("/participants/1/queueName", "/queue/name", ""),
            new Field("/participants/1/name", "/agent/name", ""),
            new Field("/participants/1/id", "/agent/participantId", ""),
            new Field("/participants/0/id", "/customer/participantId", ""),
            new Field("/participants/0/externalContactId", "/customer/externalContactId", ""),
            new Field("/participants/0/address", "/customer/address", ""),
            new Field("/participants/0/attributes/tier", "/customer/attributes/tier", ""),
            new Field("/divisions/0/division/id", "/divisionIds/0", ""));
    private static final String OF_ANALYTICS = """
            {'conversationId':'x','originatingDirection':'inbound','divisionIds':['d'],'participants':[
            {'purpose':'customer','participantId':'c','externalContactId':'e',
            'sessions':[{'mediaType':'voice','addressFrom':'f'}]},
            {'purpose':'agent','participantId':'a','userId':'u','participantName':'n',
            'sessions':[{'mediaType':'voice','segments':[{'segmentType':'interact','queueId':'q'}]}]}]}""";
    private static final List<Field> FIELDS_OF_ANALYTICS = List.of(
            new Field("/conversationId", "/conversationId", "conversationId"),
            new Field("/originatingDirection", "/direction", "direction"),
            new Field("/participants/0/sessions/0/mediaType", "/mediaType", "mediaType"),
            new Field("/participants/1/sessions/0/segments/0/queueId", "/queue/id", "queueId"),
            new Field("/participants/1/userId", "/agent/userId", "agentUserId"),
            new Field("/participants/1/participantName", "/agent/name", ""),
            new Field("/participants/1/participantId", "/agent/participantId", ""),
            new Field("/participants/0/participantId", "/customer/participantId", ""),
            new Field("/participants/0/externalContactId", "/customer/externalContactId", ""),
            new Field("/participants/0/sessions/0/addressFrom", "/customer/address", ""),
            new Field("/divisionIds/0", "/divisionIds/0", ""));

    /**
     * A text of a conversation.
     *
     * @param source where it is in the answer
     * @param target where it is in the message
     * @param property of the message that has it too: an identifier; empty for what may be any text
     */
    private record Field(String source, String target, String property) {
        boolean isIdentifier() {
            return !property.isEmpty();
        }

        String path() {
            return source.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        }
    }

    /** One way to ask, and a conversation as it is answered. */
    private record Dialogue(String name, Map<String, String> settings, String conversation, List<Field> fields) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A conversation that was sent and what is expected of it.
     *
     * @param id empty where it cannot be read
     * @param text of the field
     * @param problem why it is parked; empty where it is delivered
     */
    private record Sent(JsonNode conversation, String id, Field field, String text, String problem) {}

    /** Users whose histories were requested. */
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    @TempDir
    private Path dataDir;

    static Stream<Dialogue> dialogues() {
        return Stream.of(
                new Dialogue("analytics", Map.of("poll.source", "analytics"), OF_ANALYTICS, FIELDS_OF_ANALYTICS),
                new Dialogue("listing", Map.of("poll.source", "conversations"), LISTED, FIELDS_LISTED));
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void every_text_in_every_field_is_delivered_as_it_is_or_parked_with_a_reason(Dialogue dialogue) throws Exception {
        List<Sent> sent = conversations(dialogue);
        Map<String, Sent> good =
                sent.stream().filter(one -> one.problem().isEmpty()).collect(Collectors.toMap(Sent::id, one -> one));
        Map<JsonNode, Sent> bad = sent.stream()
                .filter(one -> !one.problem().isEmpty())
                .collect(Collectors.toMap(Sent::conversation, one -> one));
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBridge test = answering(dialogue, sent)) {
            test.start();

            List<TextMessage> delivered = test.results(good.size());
            List<TextMessage> parked = test.receive(test.settings().queues().error(), bad.size());

            Set<String> lines = Set.copyOf(log.messages());

            for (TextMessage message : delivered) {
                Sent one = good.remove(message.getStringProperty("conversationId"));
                assertThat(one).isNotNull();
                assertDelivered(message, one);
            }
            for (TextMessage message : parked) {
                Sent one = bad.remove(json(message));
                assertThat(one).isNotNull();
                assertParked(message, one);
                assertThat(lines)
                        .contains("parked conversationId=" + (one.id().isEmpty() ? null : one.id())
                                + " code=CONVERSATION_MALFORMED stage=compare-conversation: "
                                + message.getStringProperty("errorMessage"));
            }
            assertThat(good).isEmpty();
            assertThat(bad).isEmpty();
            assertThat(lines).allSatisfy(line -> assertThat(line).isEqualTo(ForeignText.printable(line, 2_000)));
            assertThat(asked).isEqualTo(agents(sent));
        }
    }

    private static void assertDelivered(TextMessage message, Sent sent) throws JMSException {
        JsonNode content = json(message);
        assertThat(MessageSchema.violations(content)).isEmpty();
        assertThat(content.at("/conversationId").textValue()).isEqualTo(sent.id());
        assertThat(content.at(sent.field().target()).textValue()).isEqualTo(ForeignText.wellFormed(sent.text()));
        assertThat(message.getJMSCorrelationID()).isEqualTo(sent.id());
        assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo(sent.id());
        if (sent.field().isIdentifier()) {
            assertThat(message.getStringProperty(sent.field().property())).isEqualTo(sent.text());
        }
    }

    private static void assertParked(TextMessage message, Sent sent) throws JMSException {
        assertThat(message.getText()).matches("[^\\p{C}]*");
        assertThat(message.getStringProperty("errorCode")).isEqualTo("CONVERSATION_MALFORMED");
        assertThat(message.getStringProperty("conversationId"))
                .isEqualTo(sent.id().isEmpty() ? null : sent.id());
        assertThat(message.getStringProperty("errorMessage")
                        .replaceAll("without an id \\(fingerprint [0-9a-f]+\\)", ""))
                .isEqualTo("Conversation " + sent.id() + " cannot be read: field " + sent.problem() + ".");
    }

    /** Those whose histories are to be requested. */
    private static Set<String> agents(List<Sent> sent) {
        return sent.stream()
                .filter(one -> one.problem().isEmpty())
                .map(one -> one.conversation().at("/participants/1/userId").asText())
                .collect(Collectors.toSet());
    }

    /** One untouched, one of each text in each field, and one of each id that can be read of which the rest cannot. */
    private static List<Sent> conversations(Dialogue dialogue) {
        List<Sent> sent = new ArrayList<>();
        Field id = dialogue.fields().get(0);
        sent.add(good(dialogue, id, "untouched", "untouched"));
        for (String text : HostileText.ALL) {
            for (Field field : dialogue.fields()) {
                String name = field.equals(id) ? text : "c-" + sent.size();
                Sent one = good(dialogue, field, name, text);
                Optional<String> problem =
                        field.isIdentifier() ? ForeignText.identifierProblem(text) : Optional.empty();
                sent.add(problem.map(found -> bad(one, field.equals(id) ? "" : name, field.path() + " " + found))
                        .orElse(one));
            }
            String name = text + "/";
            if (ForeignText.identifierProblem(name).isEmpty()) {
                Sent one = good(dialogue, id, name, name);
                ((ObjectNode) one.conversation()).put("participants", text);
                sent.add(bad(one, name, "participants is a text instead of a list"));
            }
        }
        return sent;
    }

    private static Sent good(Dialogue dialogue, Field field, String id, String text) {
        JsonNode conversation = Fixtures.quoted(dialogue.conversation());
        put(conversation, dialogue.fields().get(0).source(), id);
        put(conversation, field.source(), text);
        return new Sent(conversation, id, field, text, "");
    }

    private static Sent bad(Sent one, String id, String problem) {
        return new Sent(one.conversation(), id, one.field(), one.text(), problem);
    }

    private static void put(JsonNode conversation, String pointer, String text) {
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = conversation.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.put(at.last().getMatchingProperty(), text);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), text);
        }
    }

    /** All of them on the first page of the first answer. */
    private TestBridge answering(Dialogue dialogue, List<Sent> sent) throws Exception {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray(dialogue.name().equals("analytics") ? "conversations" : "entities");
        sent.forEach(one -> list.add(one.conversation()));
        String body = JSON.writeValueAsString(answer);
        AtomicBoolean answered = new AtomicBoolean();
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
        sandbox.add((request, normal) -> {
            boolean poll = request.method().equals("GET") || request.body().contains("notExists");
            if (!poll || request.isForToken()) {
                return normal.get();
            }
            return SandboxAnswer.json(200, answered.getAndSet(true) ? "{}" : body);
        });
        sandbox.observe((request, given) -> noteAgents(request));
        Map<String, String> settings = new HashMap<>(dialogue.settings());
        settings.put("privacy.attributes", "tier");
        return TestBridge.of(sandbox, dataDir, settings);
    }

    private void noteAgents(SandboxRequest request) {
        if (request.isForApi() && request.method().equals("POST")) {
            asked.addAll(Fixtures.parse(request.body()).path("segmentFilters").findValuesAsText("value"));
        }
    }
}
