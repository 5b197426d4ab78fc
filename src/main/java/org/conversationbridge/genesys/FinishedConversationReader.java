// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.FinishedConversation;

/**
 * Reads what agents did in a conversation of the details query that has ended: their own sessions, their own wrap-up
 * segments, their own metrics. Metrics are emitted when they complete and may be repeated, so they are summed.
 */
final class FinishedConversationReader {
    private FinishedConversationReader() {}

    /**
     * The part each of the agents had. An agent to whom the conversation was only offered, or who only listened, had
     * none.
     *
     * @param window conversations that ended outside are left out: the API answers whole days
     * @throws MalformedConversationException naming the field that is wrong
     */
    static Map<String, FinishedConversation> read(JsonNode entity, Set<String> userIds, Interval window) {
        Instant endedAt = JsonObject.conversation(entity, "conversationId").time("conversationEnd");
        if (endedAt == null || !window.contains(endedAt)) {
            return Map.of();
        }
        Map<String, FinishedConversation> parts = read(entity);
        parts.keySet().retainAll(userIds);
        return parts;
    }

    /**
     * The part of everybody who had one, by user id; none while the conversation goes on.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    static Map<String, FinishedConversation> read(JsonNode entity) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        Instant endedAt = conversation.time("conversationEnd");
        Map<String, FinishedConversation> parts = new HashMap<>();
        if (endedAt == null) {
            return parts;
        }
        String conversationId = conversation.requiredIdentifier("conversationId");
        Map<String, List<JsonObject>> sessionsByUser = new HashMap<>();
        conversation
                .objects("participants")
                .forEach(participant -> participant
                        .text("userId")
                        .ifPresent(userId -> sessionsByUser
                                .computeIfAbsent(userId, id -> new ArrayList<>())
                                .addAll(participant.objects("sessions"))));
        sessionsByUser.forEach((userId, all) -> {
            List<JsonObject> sessions = Sessions.handled(all);
            if (!sessions.isEmpty()) {
                parts.put(userId, part(conversationId, endedAt, Sessions.work(userId, sessions), sessions));
            }
        });
        return parts;
    }

    private static FinishedConversation part(
            String conversationId, Instant endedAt, AgentWork work, List<JsonObject> sessions) {
        return new FinishedConversation(
                conversationId,
                endedAt,
                lastText(sessions, "mediaType").orElse(null),
                lastText(sessions, "direction").orElse(null),
                work.queueId(),
                work.wrapUpCode(),
                work.talkMs(),
                work.heldMs(),
                work.acwMs(),
                work.handleMs(),
                work.waitMs());
    }

    private static Optional<String> lastText(List<JsonObject> sessions, String field) {
        return sessions.stream()
                .flatMap(session -> session.text(field).stream())
                .reduce((first, last) -> last);
    }
}
