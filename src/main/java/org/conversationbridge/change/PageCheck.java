// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page that was read has all that makes it one of ours: any client that may send to the queue may have written
 * it. What goes into JMS properties is an identifier, as it is where conversations are read.
 */
final class PageCheck {
    private static final Set<String> EVENT_TYPES = Set.of(
            ConversationChange.STARTED,
            ConversationChange.UPDATED,
            ConversationChange.ENDED,
            ConversationChange.COMPLETED);

    private PageCheck() {}

    /** The first thing that is wrong, a sentence without the content; empty if nothing is. */
    static Optional<String> problem(ChangePage page) {
        if (page.pollId() == null) {
            return Optional.of("Its field pollId is missing.");
        }
        for (int i = 0; i < page.changes().size(); i++) {
            String place = "changes[" + i + "].";
            Optional<String> problem = problem(page.changes().get(i)).map(sentence -> "Its field " + place + sentence);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(ConversationChange change) {
        Conversation conversation = change.conversation();
        if (conversation == null) {
            return Optional.of("conversation is missing.");
        }
        return missing(List.of(Map.entry("eventType", there(change.eventType()))))
                .or(() -> EVENT_TYPES.contains(change.eventType())
                        ? Optional.empty()
                        : Optional.of("eventType is unknown."))
                .or(() -> missing(List.of(
                        Map.entry("observedAt", there(change.observedAt())),
                        Map.entry("observed", there(change.observed())),
                        Map.entry("conversation.state", there(conversation.state())))))
                .or(() -> KeptTimes.areOurs(change.observedAt())
                        ? Optional.empty()
                        : Optional.of("observedAt is a time at which the bridge cannot have run."))
                .or(() -> KeptTimes.areReported(
                                conversation.startedAt(),
                                conversation.endedAt(),
                                conversation.changedAt(),
                                conversation.heldSince())
                        ? Optional.empty()
                        : Optional.of("conversation has a time that Genesys Cloud cannot report."))
                .or(() -> Sequences.isOne(change.sequence())
                        ? Optional.empty()
                        : Optional.of("sequence is not a number that the bridge can have given."))
                .or(() -> identifiers(conversation));
    }

    private static Optional<String> identifiers(Conversation conversation) {
        return required("conversation.conversationId", conversation.conversationId())
                .or(() -> required("conversation.mediaType", conversation.mediaType()))
                .or(() -> optional("conversation.direction", conversation.direction()))
                .or(() -> conversation.queue() == null
                        ? Optional.empty()
                        : required("conversation.queue.id", conversation.queue().id()))
                .or(() -> Stream.concat(Stream.ofNullable(conversation.agent()), conversation.agents().stream())
                        .map(Agent::userId)
                        .flatMap(id -> required("conversation.agents.userId", id).stream())
                        .findFirst());
    }

    private static Optional<String> missing(List<Map.Entry<String, Boolean>> fields) {
        return fields.stream()
                .filter(field -> !field.getValue())
                .findFirst()
                .map(field -> field.getKey() + " is missing.");
    }

    private static boolean there(@Nullable Object value) {
        return Objects.nonNull(value);
    }

    private static Optional<String> required(String field, @Nullable String value) {
        return value == null || value.isEmpty() ? Optional.of(field + " is missing.") : optional(field, value);
    }

    private static Optional<String> optional(String field, @Nullable String value) {
        return Optional.ofNullable(value)
                .flatMap(ForeignText::identifierProblem)
                .map(problem -> field + " " + problem + ".");
    }
}
