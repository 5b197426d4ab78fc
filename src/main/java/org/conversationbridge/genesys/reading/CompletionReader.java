// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a conversation went from the {@code AnalyticsConversationWithoutAttributes}. It is final when it has an end
 * and analytics has everything of each agent: no segment is open, after-call work has its wrap-up code, and the last
 * session of who talked for a queue has {@code tHandle}, the metric that the Platform API emits last.
 */
final class CompletionReader {
    private CompletionReader() {}

    /** @throws MalformedConversationException naming the field that is wrong */
    static Completion read(JsonNode entity) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        List<Participation> participants = Participation.of(conversation);
        AgentWorkReader agents = new AgentWorkReader(conversation, participants);
        String reason = reason(conversation, agents.parts());
        return new Completion(
                reason == null,
                reason,
                OutcomeRule.of(new Course(conversation, participants))
                        .map(OutcomeRule::outcome)
                        .orElse(null),
                AgentWorkReader.durationMs(conversation),
                agents.parts().stream()
                        .filter(AgentPart::tookPart)
                        .map(agents::work)
                        .toList());
    }

    /** When the newest segment of any participant began; null if there is none. */
    static @Nullable Instant newestSegment(JsonNode entity) {
        return JsonObject.conversation(entity, "conversationId").objects("participants").stream()
                .flatMap(participant -> participant.objects("sessions").stream())
                .flatMap(session -> session.objects("segments").stream())
                .flatMap(segment -> Optional.ofNullable(segment.time("segmentStart")).stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Whether an agent still works on it: a segment of an agent has no end. */
    static boolean isOpen(JsonNode entity) {
        return AgentPart.of(Participation.of(JsonObject.conversation(entity, "conversationId"))).stream()
                .anyMatch(CompletionReader::isOpen);
    }

    private static @Nullable String reason(JsonObject conversation, List<AgentPart> parts) {
        if (conversation.time("conversationEnd") == null) {
            return "it has not ended";
        }
        String missing = parts.stream()
                .flatMap(part -> missing(part).map(what -> "agent " + part.userId() + ": " + what).stream())
                .collect(Collectors.joining("; "));
        return missing.isEmpty() ? null : missing;
    }

    private static Optional<String> missing(AgentPart part) {
        if (isOpen(part)) {
            return Optional.of("a segment has no end");
        }
        boolean uncoded = segments(part)
                .filter(segment -> isOfType(segment, "wrapup"))
                .anyMatch(segment -> segment.text("wrapUpCode").isEmpty());
        if (uncoded) {
            return Optional.of("no wrap-up code");
        }
        // Of a callback and its call, the one with the after-call work has it last.
        boolean isUnmeasured = part.handled().stream()
                .filter(session -> session.has("interact") && session.isForQueue())
                .max(Comparator.comparing(Session::end))
                .filter(last -> !last.emits("tHandle"))
                .isPresent();
        return isUnmeasured ? Optional.of("no tHandle") : Optional.empty();
    }

    private static boolean isOpen(AgentPart part) {
        return part.sessions().stream()
                .flatMap(session -> session.segments().stream())
                .anyMatch(segment -> segment.time("segmentEnd") == null);
    }

    private static Stream<JsonObject> segments(AgentPart part) {
        return part.handled().stream().flatMap(session -> session.segments().stream());
    }

    private static boolean isOfType(JsonObject segment, String type) {
        return segment.text("segmentType").filter(type::equals).isPresent();
    }
}
