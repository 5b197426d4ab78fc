// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.sandbox.world.AgentLeg;
import org.conversationbridge.sandbox.world.Script;
import org.conversationbridge.sandbox.world.Span;

/** A conversation at an instant as {@code GET /api/v2/conversations} tells it: the {@code Conversation} model. */
final class ConversationView {
    private static final Map<String, String> LISTS = Map.of(
            "voice", "calls", "message", "messages", "chat", "chats", "email", "emails", "callback", "callbacks");

    private final Script script;
    private final Instant now;

    ConversationView(Script script, Instant now) {
        this.script = script;
        this.now = now;
    }

    ObjectNode json() {
        ObjectNode conversation = JsonNodeFactory.instance.objectNode();
        conversation.put("id", script.conversationId()).put("startTime", Times.text(script.start()));
        script.endedBy(now).ifPresent(end -> conversation.put("endTime", Times.text(end)));
        conversation.put("address", "tel:+15555550100").put("recordingState", "NONE");
        divisions(conversation.putArray("divisions"));
        ArrayNode participants = conversation.putArray("participants");
        customer(participants.addObject());
        script.waiting().ifPresent(waiting -> queue(participants.addObject(), waiting));
        script.agents().stream()
                .filter(leg -> leg.alert().hasBegun(now))
                .forEach(leg -> agent(participants.addObject(), leg));
        return conversation.put("selfUri", "/api/v2/conversations/" + script.conversationId());
    }

    private void divisions(ArrayNode divisions) {
        ObjectNode membership = divisions.addObject();
        membership
                .putObject("division")
                .put("id", script.divisionId())
                .put("selfUri", "/api/v2/authorization/divisions/" + script.divisionId());
        membership.putArray("entities");
    }

    private void customer(ObjectNode participant) {
        Instant connected = script.dialling().map(Span::to).orElse(script.start());
        participant
                .put("id", script.customerParticipantId())
                .put("purpose", "customer")
                .put("name", "Customer " + script.number())
                .put("address", Addresses.customer(script))
                .put("startTime", Times.text(script.start()));
        Times.putPast(participant, "connectedTime", connected, now);
        Times.putPast(participant, "endTime", script.talkEnd(), now);
        participant.put("wrapupRequired", false);
        participant.putObject("attributes").put("account", Addresses.account(script));
        String state = now.isBefore(connected) ? "dialing" : now.isBefore(script.talkEnd()) ? "connected" : "";
        medium(participant, script.customerParticipantId(), state, script.start(), connected, script.talkEnd(), false);
    }

    private void queue(ObjectNode participant, Span waiting) {
        participant
                .put("id", script.queueParticipantId())
                .put("purpose", "acd")
                .put("name", script.queue().name())
                .put("queueId", script.queue().id())
                .put("queueName", script.queue().name())
                .put("startTime", Times.text(waiting.from()))
                .put("connectedTime", Times.text(waiting.from()));
        Times.putPast(participant, "endTime", waiting.to(), now);
        participant.put("wrapupRequired", false);
        String state = waiting.isOver(now) ? "" : "connected";
        medium(participant, script.queueParticipantId(), state, waiting.from(), waiting.from(), waiting.to(), false);
    }

    private void agent(ObjectNode participant, AgentLeg leg) {
        participant
                .put("id", leg.participantId())
                .put("purpose", "agent")
                .put("name", leg.agent().name())
                .put("userId", leg.agent().userId())
                .put("userUri", "/api/v2/users/" + leg.agent().userId());
        if (!leg.queueId().isEmpty()) {
            participant
                    .put("queueId", leg.queueId())
                    .put("queueName", script.queue().name());
        }
        if (script.consult().filter(leg::equals).isPresent()) {
            participant.put("consultParticipantId", script.legs().get(0).participantId());
        }
        participant.put("startTime", Times.text(leg.alert().from()));
        Times.putPast(participant, "connectedTime", leg.talk().from(), now);
        Times.putPast(participant, "startAcwTime", leg.afterCallWork().from(), now);
        Times.putPast(participant, "endAcwTime", leg.afterCallWork().to(), now);
        Times.putPast(participant, "endTime", leg.afterCallWork().to(), now);
        participant.put("wrapupRequired", true).put("wrapupPrompt", "optional");
        if (leg.afterCallWork().isOver(now)) {
            participant.putObject("wrapup").put("code", leg.wrapUpCode());
        }
        String state = leg.alert().contains(now) ? "alerting" : leg.talk().isOver(now) ? "" : "connected";
        Span talk = leg.talk();
        ObjectNode medium = medium(
                participant, leg.sessionId(), state, leg.alert().from(), talk.from(), talk.to(), leg.isHeld(now));
        medium.put("startAlertingTime", Times.text(leg.alert().from()));
        String afterCallWork = leg.afterCallWork().isOver(now)
                ? "complete"
                : leg.afterCallWork().hasBegun(now) ? "pending" : "unknown";
        medium.putObject("afterCallWork").put("state", afterCallWork);
    }

    /** @param state empty when over: each medium has its own word for that */
    private ObjectNode medium(
            ObjectNode participant,
            String id,
            String state,
            Instant begun,
            Instant connected,
            Instant disconnected,
            boolean held) {
        boolean voice = script.mediaType().equals("voice") || script.mediaType().equals("callback");
        boolean dialling = voice || script.mediaType().equals("chat");
        String over = voice ? "terminated" : "disconnected";
        String known = state.equals("dialing") && !dialling ? "connected" : state;
        ObjectNode medium = participant
                .putArray(LISTS.getOrDefault(script.mediaType(), "calls"))
                .addObject()
                .put("id", id)
                .put("state", known.isEmpty() ? over : known)
                .put("direction", script.direction())
                .put("held", held)
                .put("provider", voice ? "Edge" : "Webmessaging");
        Times.putPast(medium, "connectedTime", connected, now);
        Times.putPast(medium, "disconnectedTime", disconnected, now);
        if (begun.isAfter(connected)) {
            medium.put("startAlertingTime", Times.text(begun));
        }
        medium.putArray("segments");
        return medium;
    }
}
