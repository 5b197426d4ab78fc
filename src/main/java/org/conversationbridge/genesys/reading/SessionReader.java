// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.conversationbridge.conversation.Communication;
import org.conversationbridge.conversation.Involvement;
import org.conversationbridge.conversation.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sessions of a participant of the details query: one per medium, whose open segment (without
 * {@code segmentEnd}) says what they do in it now. Source: the Platform API's models {@code AnalyticsSession} and
 * {@code AnalyticsConversationSegment} of 2026-07.
 */
final class SessionReader {
    /** How a supervisor's session and its segments report what they do. */
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

    /** By precedence. */
    private static final List<Supervision> SUPERVISIONS = List.of(
            new Supervision("bargedParticipantId", "barging", Involvement.BARGE),
            new Supervision("coachedParticipantId", "coaching", Involvement.COACH),
            new Supervision("monitoredParticipantId", "monitoring", Involvement.MONITOR));

    private static final String SCREEN_MONITORING = "screenmonitoring";
    private static final String UNKNOWN = Communication.UNKNOWN_MEDIA;

    /** What one does who has answered; of an agent it is work on the conversation. */
    private static final Set<String> ANSWERED =
            Set.of("interact", "hold", "parked", "voicemail", "ivr", "sharing", SCREEN_MONITORING);

    private SessionReader() {}

    static Communication communication(JsonObject session, String purpose) {
        List<JsonObject> segments = session.objects("segments");
        Optional<JsonObject> now = open(segments);
        Phase phase = phase(segments, purpose);
        return new Communication(
                mediaType(session),
                session.identifierOrNull("direction"),
                phase,
                first(segments, segment -> true),
                first(segments, SessionReader::isAnswered),
                phase == Phase.WRAPUP || phase == Phase.ENDED ? leftAt(segments) : null,
                now.filter(segment -> phase == Phase.HELD)
                        .map(segment -> segment.time("segmentStart"))
                        .orElse(null),
                isDialled(session, segments),
                now.filter(segment -> segment.flag("conference")).isPresent(),
                address(session));
    }

    /** A session that watches a screen and names no medium is a screen monitoring. */
    static String mediaType(JsonObject session) {
        Optional<String> told = session.identifier("mediaType").filter(medium -> !medium.equals(UNKNOWN));
        boolean watches = session.text("screenMonitoredUserId").isPresent()
                || session.objects("segments").stream()
                        .anyMatch(segment -> type(segment).equals(SCREEN_MONITORING));
        return told.orElse(watches ? SCREEN_MONITORING : UNKNOWN);
    }

    /** The supervisor's side of a screen monitoring, which names the user whose screen it is. */
    static boolean watchesScreen(List<JsonObject> sessions, @Nullable String userId) {
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
                .filter(SessionReader::isAnswered)
                .map(segment -> segment.time("segmentEnd"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The segment that goes on now; of several the latest. */
    private static Optional<JsonObject> open(List<JsonObject> segments) {
        return segments.stream()
                .filter(segment -> segment.time("segmentEnd") == null)
                .max(Comparator.comparing(SessionReader::start));
    }

    static Instant start(JsonObject segment) {
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

    /** Reported by the sessions that go on; of one who left by all they had. */
    static Involvement involvement(List<JsonObject> sessions) {
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

    /** The customer's own address: they call from the ani, are called at the dnis. */
    private static @Nullable String address(JsonObject session) {
        boolean outbound = session.text("direction").orElse("").equals("outbound");
        return session.text(outbound ? "addressTo" : "addressFrom")
                .or(() -> session.text("addressSelf"))
                .or(() -> session.text(outbound ? "dnis" : "ani"))
                .or(() -> session.texts("callbackNumbers").stream().findFirst())
                .orElse(null);
    }
}
