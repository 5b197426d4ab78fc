// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
        Optional<Instant> connected = script.presence().stream().map(Span::from).findFirst();
        Instant left = script.customerLeft();
        participant
                .put("id", script.customerParticipantId())
                .put("purpose", "customer")
                .put("name", "Customer " + script.number())
                .put("address", Addresses.customer(script))
                .put("startTime", Times.text(script.start()));
        connected.ifPresent(at -> Times.putPast(participant, "connectedTime", at, now));
        Times.putPast(participant, "endTime", left, now);
        participant.put("wrapupRequired", false);
        participant.putObject("attributes").put("account", Addresses.account(script));
        boolean talks = connected.filter(at -> !now.isBefore(at)).isPresent();
        String state = !now.isBefore(left) ? "" : talks ? "connected" : "dialing";
        medium(participant, script.customerParticipantId(), state, connected, left, false);
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
        medium(participant, script.queueParticipantId(), state, Optional.of(waiting.from()), waiting.to(), false);
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
            participant.put(
                    "consultParticipantId", script.answered().orElseThrow().participantId());
        }
        participant.put("startTime", Times.text(leg.alert().from()));
        leg.handling().ifPresent(handling -> {
            Times.putPast(participant, "connectedTime", handling.talk().from(), now);
            Times.putPast(participant, "startAcwTime", handling.afterCallWork().from(), now);
            Times.putPast(participant, "endAcwTime", handling.afterCallWork().to(), now);
        });
        Times.putPast(participant, "endTime", leg.doneAt(), now);
        participant.put("wrapupRequired", true).put("wrapupPrompt", "optional");
        leg.handling()
                .filter(handling -> handling.afterCallWork().isOver(now))
                .ifPresent(handling -> participant.putObject("wrapup").put("code", handling.wrapUpCode()));
        Optional<Instant> connected =
                leg.handling().map(handling -> handling.talk().from());
        ObjectNode medium = medium(participant, leg.sessionId(), state(leg), connected, leg.leftAt(), leg.isHeld(now));
        if (!leg.dials()) {
            medium.put("startAlertingTime", Times.text(leg.alert().from()));
        }
        medium.putObject("afterCallWork").put("state", afterCallWork(leg));
    }

    private String state(AgentLeg leg) {
        if (leg.alert().contains(now)) {
            return leg.dials() ? "dialing" : "alerting";
        }
        return leg.talks(now) ? "connected" : "";
    }

    private String afterCallWork(AgentLeg leg) {
        if (leg.wrapsUp(now)) {
            return "pending";
        }
        return leg.handling().isPresent() && !now.isBefore(leg.doneAt()) ? "complete" : "unknown";
    }

    /** @param state empty when over: each medium has its own word for that */
    private ObjectNode medium(
            ObjectNode participant,
            String id,
            String state,
            Optional<Instant> connected,
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
        connected.ifPresent(at -> Times.putPast(medium, "connectedTime", at, now));
        Times.putPast(medium, "disconnectedTime", disconnected, now);
        medium.putArray("segments");
        return medium;
    }
}
