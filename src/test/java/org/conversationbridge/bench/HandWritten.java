// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The message of a program written by hand: a conversation with what its agent finished lately. */
final class HandWritten {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RECENT = 5;
    private static final List<String> TIMES = List.of("tTalkComplete", "tHeldComplete", "tAcw", "tHandle");

    private HandWritten() {}

    /** Of whom the history is to be; the empty text where there is no agent. */
    static String agentOf(JsonNode conversation) {
        String agent = "";
        for (JsonNode participant : conversation.path("participants")) {
            String purpose = participant.path("purpose").asText();
            if ((purpose.equals("agent") || purpose.equals("user"))) {
                agent = participant.path("userId").asText(agent);
            }
        }
        return agent;
    }

    /** The conversations of each agent, in the order of the answer. */
    static Map<String, List<JsonNode>> byAgent(List<JsonNode> conversations) {
        Map<String, List<JsonNode>> byAgent = new HashMap<>();
        for (JsonNode conversation : conversations) {
            for (JsonNode participant : conversation.path("participants")) {
                String user = participant.path("userId").asText("");
                List<JsonNode> sofar = byAgent.computeIfAbsent(user, none -> new ArrayList<>());
                if (!user.isEmpty() && !sofar.contains(conversation)) {
                    sofar.add(conversation);
                }
            }
        }
        return byAgent;
    }

    /** @param finished of its agent, the newest first */
    static TextMessage message(Session session, JsonNode conversation, List<JsonNode> finished) throws JMSException {
        String id = conversation.path("conversationId").asText();
        String agent = agentOf(conversation);
        ObjectNode body = body(conversation, id, agent, finished);
        TextMessage message = session.createTextMessage(body.toString());
        message.setJMSType("conversation.started");
        message.setJMSCorrelationID(id);
        message.setStringProperty("JMSXGroupID", id);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("eventType", "conversation.started");
        properties.put("schemaVersion", "1.0");
        for (String field : List.of("messageId", "conversationId", "mediaType", "direction", "state", "queueId")) {
            properties.put(field, body.path(field).asText());
        }
        properties.put("agentUserId", agent);
        properties.put("historyStatus", "complete");
        properties.put("contentType", "application/json");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        return message;
    }

    private static ObjectNode body(JsonNode conversation, String id, String agent, List<JsonNode> finished) {
        JsonNode last = last(conversation);
        ObjectNode body = JSON.createObjectNode();
        body.put("schemaVersion", "1.0")
                .put(
                        "messageId",
                        UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("eventType", "conversation.started")
                .put("sequence", 1)
                .put("observedAt", Instant.now().toString())
                .put("conversationId", id)
                .put("mediaType", last.path("mediaType").asText())
                .put("direction", conversation.path("originatingDirection").asText())
                .put("state", agent.isEmpty() ? "queued" : "connected")
                .put("startedAt", conversation.path("conversationStart").asText())
                .put("queueId", last.path("segments").path(0).path("queueId").asText());
        body.putObject("agent").put("userId", agent);
        body.set("divisionIds", conversation.path("divisionIds"));
        ArrayNode agents = body.putArray("agents");
        for (JsonNode participant : conversation.path("participants")) {
            agents.addObject()
                    .put("participantId", participant.path("participantId").asText())
                    .put("purpose", participant.path("purpose").asText())
                    .put("userId", participant.path("userId").asText());
        }
        history(body.putObject("history"), agent, finished);
        return body;
    }

    /** The newest of a page of finished conversations. */
    static JsonNode summaries(JsonNode page, String agent) {
        List<JsonNode> finished = new ArrayList<>();
        page.path("conversations").forEach(finished::add);
        ObjectNode history = JSON.createObjectNode();
        history(history, agent, finished);
        return history.path("recent");
    }

    private static void history(ObjectNode history, String agent, List<JsonNode> finished) {
        history.put("status", "complete").put("conversationCount", finished.size());
        ArrayNode recent = history.putArray("recent");
        Map<String, Long> sums = new LinkedHashMap<>();
        for (JsonNode conversation : finished) {
            Map<String, Long> times = times(conversation, agent);
            times.forEach((name, value) -> sums.merge(name, value, Long::sum));
            if (recent.size() < RECENT) {
                ObjectNode entry = recent.addObject()
                        .put(
                                "conversationId",
                                conversation.path("conversationId").asText())
                        .put("endedAt", conversation.path("conversationEnd").asText())
                        .put("mediaType", last(conversation).path("mediaType").asText())
                        .put(
                                "direction",
                                conversation.path("originatingDirection").asText())
                        .put("wrapUpCode", String.join(",", conversation.findValuesAsText("wrapUpCode")));
                times.forEach(entry::put);
            }
        }
        ObjectNode averages = history.putObject("averages");
        sums.forEach((name, sum) -> averages.put(name, sum / finished.size()));
    }

    private static Map<String, Long> times(JsonNode conversation, String agent) {
        Map<String, Long> times = new LinkedHashMap<>();
        TIMES.forEach(name -> times.put(name, 0L));
        for (JsonNode participant : conversation.path("participants")) {
            if (participant.path("userId").asText().equals(agent)) {
                for (JsonNode session : participant.path("sessions")) {
                    for (JsonNode metric : session.path("metrics")) {
                        times.computeIfPresent(
                                metric.path("name").asText(),
                                (name, sum) -> sum + metric.path("value").asLong());
                    }
                }
            }
        }
        return times;
    }

    private static JsonNode last(JsonNode conversation) {
        JsonNode participants = conversation.path("participants");
        JsonNode sessions = participants.path(participants.size() - 1).path("sessions");
        return sessions.path(sessions.size() - 1);
    }
}
