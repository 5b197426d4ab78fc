// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.FinishedConversation;

/**
 * Reads what agents did in a conversation of the details query that has ended: their own sessions, their own wrap-up
 * segments, their own metrics. Metrics are emitted when they complete and may be repeated, so they are summed.
 */
final class FinishedConversationReader {
    private static final Set<String> HANDLING = Set.of("interact", "hold", "wrapup", "dialing", "contacting");

    private FinishedConversationReader() {}

    /**
     * The part each of the agents had. An agent to whom the conversation was only offered, or who only listened, had
     * none.
     *
     * @param window conversations that ended outside are left out: the API answers whole days
     * @throws MalformedConversationException naming the field that is wrong
     */
    static Map<String, FinishedConversation> read(JsonNode entity, Set<String> userIds, Interval window) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        Instant endedAt = conversation.time("conversationEnd");
        Map<String, FinishedConversation> parts = new HashMap<>();
        if (endedAt == null || !window.contains(endedAt)) {
            return parts;
        }
        List<JsonObject> participants = conversation.objects("participants");
        for (String userId : userIds) {
            List<JsonObject> sessions = participants.stream()
                    .filter(p -> p.text("userId").filter(userId::equals).isPresent())
                    .flatMap(p -> p.objects("sessions").stream())
                    .toList();
            if (segments(sessions).anyMatch(FinishedConversationReader::isHandling)) {
                parts.put(userId, part(conversation.requiredIdentifier("conversationId"), endedAt, sessions));
            }
        }
        return parts;
    }

    private static FinishedConversation part(String conversationId, Instant endedAt, List<JsonObject> sessions) {
        long talk = sum(sessions, "tTalk");
        long held = sum(sessions, "tHeld");
        long afterCallWork = sum(sessions, "tAcw");
        long handle = sum(sessions, "tHandle");
        return new FinishedConversation(
                conversationId,
                endedAt,
                lastText(sessions, "mediaType").orElse(null),
                lastText(sessions, "direction").orElse(null),
                latest(sessions, "queueId").orElse(null),
                latest(sessions, "wrapUpCode").orElse(null),
                talk,
                held,
                afterCallWork,
                handle > 0 ? handle : talk + held + afterCallWork,
                sum(sessions, "tWait"));
    }

    private static long sum(List<JsonObject> sessions, String metric) {
        return sessions.stream()
                .flatMap(session -> session.objects("metrics").stream())
                .filter(found -> found.text("name").filter(metric::equals).isPresent())
                .mapToLong(found -> found.millis("value"))
                .sum();
    }

    /** The value of a field in the latest segment that has it. */
    private static Optional<String> latest(List<JsonObject> sessions, String field) {
        return segments(sessions)
                .filter(segment -> segment.text(field).isPresent())
                .max(Comparator.comparing(
                        segment -> Objects.requireNonNullElse(segment.time("segmentStart"), Instant.EPOCH)))
                .flatMap(segment -> segment.text(field));
    }

    private static Optional<String> lastText(List<JsonObject> sessions, String field) {
        return sessions.stream()
                .flatMap(session -> session.text(field).stream())
                .reduce((first, last) -> last);
    }

    private static boolean isHandling(JsonObject segment) {
        return HANDLING.contains(segment.text("segmentType").orElse(""));
    }

    private static Stream<JsonObject> segments(List<JsonObject> sessions) {
        return sessions.stream().flatMap(session -> session.objects("segments").stream());
    }
}
