// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Involvement;
import org.conversationbridge.conversation.Media;
import org.conversationbridge.conversation.Participant;
import org.conversationbridge.conversation.Participants;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code AnalyticsConversationWithoutAttributes} of the details query. Source: the Platform API's model of
 * 2026-07: a participant has sessions (one per medium), a session has segments; the open segment (without
 * {@code segmentEnd}) says what the session does now.
 */
public final class AnalyticsConversationReader {
    private AnalyticsConversationReader() {}

    /**
     * Reads one conversation of an answer.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    public static Conversation read(JsonNode entity) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        conversation.requireList("participants");
        List<Participant> participants = conversation.objects("participants").stream()
                .map(AnalyticsConversationReader::participant)
                .toList();
        return Conversation.of(
                conversation.requiredIdentifier("conversationId"),
                conversation.identifierOrNull("originatingDirection"),
                conversation.time("conversationStart"),
                conversation.time("conversationEnd"),
                new Participants(participants),
                conversation.texts("divisionIds"));
    }

    private static Participant participant(JsonObject participant) {
        List<JsonObject> sessions = participant.objects("sessions");
        List<JsonObject> main = sessions.stream()
                .filter(session -> !Media.isAuxiliary(SessionReader.mediaType(session)))
                .toList();
        List<JsonObject> deciding = main.isEmpty() ? sessions : main;
        String purpose = participant.text("purpose").orElse("");
        String userId = participant.identifierOrNull("userId");
        return new Participant(
                participant.textOrNull("participantId"),
                purpose,
                userId,
                participant.textOrNull("participantName"),
                queue(deciding),
                null,
                participant.textOrNull("externalContactId"),
                Map.of(),
                SessionReader.watchesScreen(deciding, userId)
                        ? Involvement.MONITOR
                        : SessionReader.involvement(deciding),
                consultSince(deciding),
                sessions.stream()
                        .map(session -> SessionReader.communication(session, purpose))
                        .toList());
    }

    /** The details query has no mark on the consulted agent; the consulting one has {@code nConsult}. */
    private static @Nullable Instant consultSince(List<JsonObject> sessions) {
        return metrics(sessions, "nConsultTransferred").findAny().isPresent()
                ? null
                : metrics(sessions, "nConsult")
                        .map(metric -> metric.time("emitDate"))
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static Stream<JsonObject> metrics(List<JsonObject> sessions, String name) {
        return sessions.stream()
                .flatMap(session -> session.objects("metrics").stream())
                .filter(metric -> metric.text("name").filter(name::equals).isPresent());
    }

    private static @Nullable QueueRef queue(List<JsonObject> sessions) {
        return sessions.stream()
                .flatMap(session -> session.objects("segments").stream())
                .filter(segment -> segment.text("queueId").isPresent())
                .max(Comparator.comparing(SessionReader::start))
                .map(segment -> new QueueRef(segment.requiredIdentifier("queueId"), null))
                .orElse(null);
    }
}
