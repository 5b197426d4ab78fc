// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that are not as the API describes them, through the whole connector. */
class HostileShapesTest {
    /** Conversations, with the reason to park them; none where they are delivered. */
    /** Who names no participants says nothing: neither delivered nor parked. */
    private static final String NO_NEWS = "-";

    private static final Map<String, String> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("{'id':'first','participants':[{'purpose':'customer'}]}", "");
        SHAPES.put("{'id':'no participants','participants':[]}", NO_NEWS);
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
        SHAPES.put("{'id':'nobody','participants':[null]}", NO_NEWS);
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

    @TempDir
    private Path dataDir;

    /** All in one answer. What is delivered is named by its id, what is parked by its reason. */
    @Test
    void each_shape_is_delivered_or_parked_and_holds_up_no_other() throws Exception {
        List<String> deliveredIds = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ArrayNode entities = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, String> shape : SHAPES.entrySet()) {
            JsonNode entity = Fixtures.quoted(shape.getKey());
            entities.add(entity);
            if (shape.getValue().equals(NO_NEWS)) {
                continue;
            }
            if (shape.getValue().isEmpty()) {
                deliveredIds.add(entity.path("id").asText());
            } else {
                reasons.add(shape.getValue());
            }
        }
        // Reported once more it is one conversation, whatever else is reported of it.
        entities.add(Fixtures.quoted("{'id':'first','participants':[{'purpose':'agent','userId':'other'}]}"));
        entities.add(Fixtures.quoted("{'id':'last','participants':[{'purpose':'customer'}]}"));
        deliveredIds.add("last");
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
        sandbox.add((request, normal) ->
                request.isForToken() ? normal.get() : SandboxAnswer.json(200, "{\"entities\":" + entities + "}"));
        try (TestBridge test = TestBridge.of(sandbox, dataDir, Map.of("poll.source", "conversations"))) {
            test.start();

            List<TextMessage> parked = test.receive(test.settings().queues().error(), reasons.size());
            List<TextMessage> delivered = test.results(deliveredIds.size());

            assertThat(delivered)
                    .extracting(message -> json(message).path("conversationId").textValue())
                    .containsExactlyInAnyOrderElementsOf(deliveredIds);
            assertThat(parked).extracting(HostileShapesTest::problem).containsExactlyInAnyOrderElementsOf(reasons);
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

    private static String problem(TextMessage message) {
        try {
            return message.getStringProperty("errorMessage").replaceAll(".*cannot be read: field ", "");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
