// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Involvement;
import org.conversationbridge.conversation.Participant;
import org.conversationbridge.conversation.Participants;
import org.conversationbridge.conversation.Phase;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Conversation} of {@code GET /api/v2/conversations}. Source: the Platform API's model of 2026-07:
 * participants carry a list per medium; {@code held} means that the person on this side hears silence.
 */
public final class ConversationReader {
    private ConversationReader() {}

    /**
     * Reads one conversation of the listing.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    public static Conversation read(JsonNode entity) {
        return read(entity, Phase.ALERTING);
    }

    /**
     * @param unanswered what an agent does of whom neither a medium nor an answer is reported
     * @throws MalformedConversationException naming the field that is wrong
     */
    static Conversation read(JsonNode entity, Phase unanswered) {
        JsonObject conversation = JsonObject.conversation(entity, "id");
        conversation.requireList("participants");
        List<Participant> participants = conversation.objects("participants").stream()
                .map(participant -> participant(participant, unanswered))
                .toList();
        return Conversation.of(
                conversation.requiredIdentifier("id"),
                null,
                conversation.time("startTime"),
                conversation.time("endTime"),
                new Participants(participants),
                divisionIds(conversation));
    }

    /**
     * Reads the {@code eventBody} of a notification ({@code QueueConversationEventTopicConversation}): the same without
     * begin, end, divisions and the direction of chats. It began when its first participant was connected, and has
     * ended where every participant has, and no after-call work is pending; it is inbound where the customer was the
     * first and nothing says otherwise.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    static Conversation readEvent(JsonNode eventBody) {
        JsonObject conversation = JsonObject.conversation(eventBody, "id");
        conversation.requireList("participants");
        List<JsonObject> participants = conversation.objects("participants");
        List<Instant> ends = times(participants, "endTime");
        boolean over = !participants.isEmpty() && ends.size() == participants.size();
        Participants all = new Participants(participants.stream()
                .map(participant -> participant(participant, Phase.ALERTING))
                .toList());
        return Conversation.of(
                conversation.requiredIdentifier("id"),
                all.direction() == null && hasCustomerBegun(participants) ? "inbound" : null,
                times(participants, "connectedTime").stream()
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                over && all.state() != State.WRAPUP ? Collections.max(ends) : null,
                all,
                divisionIds(conversation));
    }

    private static boolean hasCustomerBegun(List<JsonObject> participants) {
        return participants.stream()
                .filter(participant -> participant.time("connectedTime") != null)
                .min(Comparator.comparing(participant -> participant.time("connectedTime")))
                .flatMap(participant -> participant.text("purpose"))
                .filter(purpose -> purpose.equals("customer") || purpose.equals("external"))
                .isPresent();
    }

    private static List<Instant> times(List<JsonObject> participants, String field) {
        return participants.stream()
                .map(participant -> participant.time(field))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Participant participant(JsonObject participant, Phase unanswered) {
        String purpose =
                participant.text("purpose").or(() -> participant.text("role")).orElse("");
        return new Participant(
                participant.textOrNull("id"),
                purpose,
                participant.identifierOrNull("userId"),
                participant.textOrNull("name"),
                queue(participant),
                participant.textOrNull("address"),
                participant.textOrNull("externalContactId"),
                participant.textsByName("attributes"),
                involvement(participant),
                null,
                MediumReader.read(participant, isAgent(purpose) ? unanswered : Phase.CONNECTED));
    }

    private static boolean isAgent(String purpose) {
        return purpose.equals("agent") || purpose.equals("user");
    }

    private static Involvement involvement(JsonObject participant) {
        if (participant.text("bargedParticipantId").isPresent()) {
            return Involvement.BARGE;
        }
        if (participant.text("coachedParticipantId").isPresent()) {
            return Involvement.COACH;
        }
        if (participant.text("monitoredParticipantId").isPresent()) {
            return Involvement.MONITOR;
        }
        if (MediumReader.watchesScreen(participant)) {
            return Involvement.MONITOR;
        }
        return participant.text("consultParticipantId").isPresent() ? Involvement.CONSULT : Involvement.PARTY;
    }

    /** The queue: flat, or in the routing data, or as the tutorial writes it. */
    private static @Nullable QueueRef queue(JsonObject participant) {
        Optional<String> id = participant
                .identifier("queueId")
                .or(() -> queueId(participant, "conversationRoutingData"))
                .or(() -> queueId(participant, "routing"));
        return id.map(found -> new QueueRef(found, participant.textOrNull("queueName")))
                .orElse(null);
    }

    private static Optional<String> queueId(JsonObject participant, String field) {
        return participant
                .object(field)
                .flatMap(routing -> routing.object("queue"))
                .flatMap(queue -> queue.identifier("id"));
    }

    private static List<String> divisionIds(JsonObject conversation) {
        return conversation.objects("divisions").stream()
                .flatMap(membership -> membership.object("division").stream())
                .flatMap(division -> division.text("id").stream())
                .distinct()
                .toList();
    }
}
