// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Communication;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Involvement;
import org.conversationbridge.conversation.Media;
import org.conversationbridge.conversation.Participant;
import org.conversationbridge.conversation.Participants;
import org.conversationbridge.conversation.Phase;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code AnalyticsConversationWithoutAttributes} of the details query. Source: the Platform API's model of
 * 2026-07: a participant has sessions (one per medium), a session has segments; the open segment (without
 * {@code segmentEnd}) says what the session does now.
 */
final class AnalyticsConversationReader {
    /** How a supervisor's session and its segments tell what he does. */
    private record Supervision(String field, String segmentType, Involvement involvement) {
        private boolean is(JsonObject session) {
            return session.text(field).isPresent()
                    || open(session.objects("segments")).filter(this::isTold).isPresent();
        }

        private boolean was(JsonObject session) {
            return session.text(field).isPresent()
                    || session.objects("segments").stream().anyMatch(this::isTold);
        }

        private boolean isTold(JsonObject segment) {
            return segment.text("segmentType").filter(segmentType::equals).isPresent();
        }
    }

    /** The one that counts most first. */
    private static final List<Supervision> SUPERVISIONS = List.of(
            new Supervision("bargedParticipantId", "barging", Involvement.BARGE),
            new Supervision("coachedParticipantId", "coaching", Involvement.COACH),
            new Supervision("monitoredParticipantId", "monitoring", Involvement.MONITOR));

    private static final String SCREEN_MONITORING = "screenmonitoring";
    private static final String UNKNOWN = Communication.UNKNOWN_MEDIA;

    /** What somebody does who has answered; of an agent it is work on the conversation. */
    private static final Set<String> ANSWERED =
            Set.of("interact", "hold", "parked", "voicemail", "ivr", "sharing", SCREEN_MONITORING);

    private AnalyticsConversationReader() {}

    /** @throws MalformedConversationException naming the field that is wrong */
    static Conversation read(JsonNode entity) {
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
                .filter(session -> !Media.isAuxiliary(mediaType(session)))
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
                watchesScreen(deciding, userId) ? Involvement.MONITOR : involvement(deciding),
                consultSince(deciding),
                sessions.stream()
                        .map(session -> communication(session, purpose))
                        .toList());
    }

    private static Communication communication(JsonObject session, String purpose) {
        List<JsonObject> segments = session.objects("segments");
        Optional<JsonObject> now = open(segments);
        Phase phase = phase(segments, purpose);
        return new Communication(
                mediaType(session),
                session.identifierOrNull("direction"),
                phase,
                first(segments, segment -> true),
                first(segments, AnalyticsConversationReader::isAnswered),
                phase == Phase.WRAPUP || phase == Phase.ENDED ? leftAt(segments) : null,
                now.filter(segment -> phase == Phase.HELD)
                        .map(segment -> segment.time("segmentStart"))
                        .orElse(null),
                isDialled(session, segments),
                now.filter(segment -> segment.flag("conference")).isPresent(),
                address(session));
    }

    /** A session that watches a screen and names no medium is a screen monitoring. */
    private static String mediaType(JsonObject session) {
        Optional<String> told = session.identifier("mediaType").filter(medium -> !medium.equals(UNKNOWN));
        boolean watches = session.text("screenMonitoredUserId").isPresent()
                || session.objects("segments").stream()
                        .anyMatch(segment -> type(segment).equals(SCREEN_MONITORING));
        return told.orElse(watches ? SCREEN_MONITORING : UNKNOWN);
    }

    /** The supervisor's side of a screen monitoring, which names the user whose screen it is. */
    private static boolean watchesScreen(List<JsonObject> sessions, @Nullable String userId) {
        return sessions.stream()
                .filter(session -> mediaType(session).equals(SCREEN_MONITORING))
                .anyMatch(session -> session.text("screenMonitoredUserId")
                        .filter(id -> id.equals(userId))
                        .isEmpty());
    }

    private static boolean isDialled(JsonObject session, List<JsonObject> segments) {
        return session.text("direction").orElse("").equals("outbound")
                && segments.stream().anyMatch(segment -> phase(type(segment)) == Phase.DIALING);
    }

    private static Phase phase(List<JsonObject> segments, String purpose) {
        if (segments.isEmpty()) {
            return purpose.equals("agent") || purpose.equals("user") ? Phase.ALERTING : Phase.CONNECTED;
        }
        return open(segments).map(segment -> phase(type(segment))).orElse(Phase.ENDED);
    }

    private static Phase phase(String segmentType) {
        return switch (segmentType) {
            case "alert" -> Phase.ALERTING;
            case "scheduled" -> Phase.SCHEDULED;
            case "contacting", "dialing" -> Phase.DIALING;
            case "hold" -> Phase.HELD;
            case "wrapup" -> Phase.WRAPUP;
            default -> Phase.CONNECTED;
        };
    }

    private static String type(JsonObject segment) {
        return segment.text("segmentType").orElse("");
    }

    private static boolean isAnswered(JsonObject segment) {
        return ANSWERED.contains(type(segment))
                || SUPERVISIONS.stream().anyMatch(supervision -> supervision.isTold(segment));
    }

    private static @Nullable Instant leftAt(List<JsonObject> segments) {
        return segments.stream()
                .filter(AnalyticsConversationReader::isAnswered)
                .map(segment -> segment.time("segmentEnd"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The segment that goes on now; of several the latest. */
    private static Optional<JsonObject> open(List<JsonObject> segments) {
        return segments.stream()
                .filter(segment -> segment.time("segmentEnd") == null)
                .max(Comparator.comparing(AnalyticsConversationReader::start));
    }

    private static Instant start(JsonObject segment) {
        return Objects.requireNonNullElse(segment.time("segmentStart"), Instant.EPOCH);
    }

    private static @Nullable Instant first(List<JsonObject> segments, Predicate<JsonObject> condition) {
        return segments.stream()
                .filter(condition)
                .map(segment -> segment.time("segmentStart"))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Told by the sessions that go on; of somebody who left by all he had. */
    private static Involvement involvement(List<JsonObject> sessions) {
        List<JsonObject> present = sessions.stream()
                .filter(session -> open(session.objects("segments")).isPresent())
                .toList();
        return SUPERVISIONS.stream()
                .filter(supervision -> present.isEmpty()
                        ? sessions.stream().anyMatch(supervision::was)
                        : present.stream().anyMatch(supervision::is))
                .findFirst()
                .map(Supervision::involvement)
                .orElse(Involvement.PARTY);
    }

    /** The details query has no mark on the consulted agent; the consulting one counts {@code nConsult}. */
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
                .max(Comparator.comparing(AnalyticsConversationReader::start))
                .map(segment -> new QueueRef(segment.requiredIdentifier("queueId"), null))
                .orElse(null);
    }

    /** The customer's own address: he calls from the ani, is called at the dnis. */
    private static @Nullable String address(JsonObject session) {
        boolean outbound = session.text("direction").orElse("").equals("outbound");
        return session.text(outbound ? "addressTo" : "addressFrom")
                .or(() -> session.text("addressSelf"))
                .or(() -> session.text(outbound ? "dnis" : "ani"))
                .or(() -> session.texts("callbackNumbers").stream().findFirst())
                .orElse(null);
    }
}
