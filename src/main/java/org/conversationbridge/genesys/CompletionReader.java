// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a conversation went from the {@code AnalyticsConversationWithoutAttributes}. It is final when it has an end
 * and analytics has everything of each agent: no segment is open, after-call work has its wrap-up code, and who talked for
 * a queue has {@code tHandle}, the metric that the Platform API emits last.
 */
final class CompletionReader {
    private CompletionReader() {}

    /** @throws MalformedConversationException naming the field that is wrong */
    static Completion read(JsonNode entity) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        Instant start = conversation.time("conversationStart");
        Instant end = conversation.time("conversationEnd");
        List<JsonObject> participants = conversation.objects("participants");
        Map<String, List<JsonObject>> sessions = sessionsByAgent(participants);
        List<String> missing = new ArrayList<>();
        sessions.forEach((userId, own) -> missing(own).ifPresent(what -> missing.add("agent " + userId + ": " + what)));
        String reason = end == null ? "it has not ended" : missing.isEmpty() ? null : String.join("; ", missing);
        return new Completion(
                reason == null,
                reason,
                outcome(participants, sessions),
                start == null || end == null
                        ? null
                        : Duration.between(start, end).toMillis(),
                work(sessions));
    }

    /** Of those who handled it, who did first comes first. */
    private static List<AgentWork> work(Map<String, List<JsonObject>> sessions) {
        Map<String, List<JsonObject>> handled = new LinkedHashMap<>(sessions);
        handled.replaceAll((userId, own) -> Sessions.handled(own));
        handled.values().removeIf(List::isEmpty);
        return handled.entrySet().stream()
                .sorted(Comparator.comparing(own -> Sessions.handledSince(own.getValue())))
                .map(own -> Sessions.work(own.getKey(), own.getValue()))
                .toList();
    }

    /** When the newest segment of anybody has begun; null where there is none. */
    static @Nullable Instant newestSegment(JsonNode entity) {
        return JsonObject.conversation(entity, "conversationId").objects("participants").stream()
                .flatMap(participant -> Sessions.segments(participant.objects("sessions")))
                .flatMap(segment -> Optional.ofNullable(segment.time("segmentStart")).stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Map<String, List<JsonObject>> sessionsByAgent(List<JsonObject> participants) {
        Map<String, List<JsonObject>> sessions = new LinkedHashMap<>();
        for (JsonObject participant : participants) {
            participant
                    .identifier("userId")
                    .filter(userId -> hasPurpose(participant, "agent", "user"))
                    .ifPresent(userId -> sessions.computeIfAbsent(userId, id -> new ArrayList<>())
                            .addAll(participant.objects("sessions")));
        }
        return sessions;
    }

    private static Optional<String> missing(List<JsonObject> sessions) {
        if (Sessions.segments(sessions).anyMatch(segment -> segment.time("segmentEnd") == null)) {
            return Optional.of("a segment has no end");
        }
        boolean uncoded = Sessions.segments(sessions)
                .filter(segment -> isOfType(segment, "wrapup"))
                .anyMatch(segment -> segment.text("wrapUpCode").isEmpty());
        if (uncoded) {
            return Optional.of("no wrap-up code");
        }
        boolean talkedForQueue = Sessions.segments(sessions)
                .anyMatch(segment ->
                        isOfType(segment, "interact") && segment.text("queueId").isPresent());
        return talkedForQueue && !Sessions.hasMetric(sessions, "tHandle")
                ? Optional.of("no tHandle")
                : Optional.empty();
    }

    private static @Nullable String outcome(List<JsonObject> participants, Map<String, List<JsonObject>> sessions) {
        Stream<JsonObject> talk =
                sessions.values().stream().flatMap(Sessions::segments).filter(segment -> isOfType(segment, "interact"));
        if (talk.findAny().isPresent()) {
            return "handled";
        }
        boolean outbound = participants.stream()
                .filter(participant -> hasPurpose(participant, "customer", "external"))
                .flatMap(participant -> participant.objects("sessions").stream())
                .anyMatch(session ->
                        session.text("direction").filter("outbound"::equals).isPresent());
        if (outbound) {
            return "unanswered";
        }
        return participants.stream().anyMatch(participant -> hasPurpose(participant, "acd"))
                ? "abandoned"
                : "selfService";
    }

    private static boolean isOfType(JsonObject segment, String type) {
        return segment.text("segmentType").filter(type::equals).isPresent();
    }

    private static boolean hasPurpose(JsonObject participant, String one, String other) {
        return participant
                .text("purpose")
                .filter(purpose -> purpose.equals(one) || purpose.equals(other))
                .isPresent();
    }

    private static boolean hasPurpose(JsonObject participant, String purpose) {
        return hasPurpose(participant, purpose, purpose);
    }
}
