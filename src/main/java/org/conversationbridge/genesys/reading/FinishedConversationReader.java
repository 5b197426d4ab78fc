// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.text.SharedText;

/**
 * Reads what agents did in a conversation of the details query that has ended: their own sessions, their own wrap-up
 * segments, their own metrics. Medium and direction are the conversation's, as in the message about it.
 */
public final class FinishedConversationReader {
    /** From the end of a conversation to the end of the after-call work of who handled it. */
    public static final Duration LONGEST_WRAP_UP = Duration.ofMinutes(15);

    private FinishedConversationReader() {}

    /**
     * The part each of the agents had. An agent to whom the conversation was only offered, or who only listened, had
     * none.
     *
     * @param window what the agent finished outside is left out, whenever the conversation began or others ended it
     * @throws MalformedConversationException naming the field that is wrong
     */
    public static Map<String, FinishedConversation> read(JsonNode entity, Set<String> userIds, Interval window) {
        Instant endedAt = JsonObject.conversation(entity, "conversationId").time("conversationEnd");
        if (endedAt == null || endedAt.plus(LONGEST_WRAP_UP).isBefore(window.from())) {
            return Map.of();
        }
        Map<String, FinishedConversation> parts = read(entity);
        parts.keySet().retainAll(userIds);
        parts.values().removeIf(part -> part.endedAt() == null || !window.contains(part.endedAt()));
        parts.replaceAll((userId, part) -> part.since(window.from()));
        return parts;
    }

    /**
     * The part of each agent who had one, by user id; none while the conversation goes on.
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
        AgentWorkReader agents = new AgentWorkReader(conversation, Participation.of(conversation));
        List<AgentPart> took =
                agents.parts().stream().filter(AgentPart::tookPart).toList();
        if (!took.isEmpty()) {
            Conversation whole = AnalyticsConversationReader.read(entity);
            took.forEach(part -> parts.put(
                    part.userId(),
                    finished(whole, endedAt, part, agents)
                            .of(part.pieces().stream()
                                    .map(piece -> finished(whole, endedAt, piece, agents))
                                    .toList())));
        }
        return parts;
    }

    private static FinishedConversation finished(
            Conversation whole, Instant end, AgentPart part, AgentWorkReader agents) {
        AgentWork work = agents.work(part);
        return new FinishedConversation(
                whole.conversationId(),
                part.endedAt(end),
                SharedText.of(whole.mediaType()),
                SharedText.orNull(whole.direction()),
                SharedText.orNull(work.queueId()),
                SharedText.orNull(work.wrapUpCode()),
                work.talkMs(),
                work.heldMs(),
                work.acwMs(),
                work.handleMs(),
                work.waitMs());
    }
}
