// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.conversationbridge.sandbox.world.Part;
import org.conversationbridge.sandbox.world.Segment;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Twist;

/** A conversation at an instant as {@code GET /api/v2/conversations} reports it: the {@code Conversation} model. */
public final class ConversationView {
    private final Story story;
    private final Instant now;

    public ConversationView(Story story, Instant now) {
        this.story = story;
        this.now = now;
    }

    /** The conversation. */
    public ObjectNode json() {
        ObjectNode conversation = JsonNodeFactory.instance.objectNode();
        conversation.put("id", story.conversationId()).put("startTime", Times.text(story.start()));
        story.endedBy(now).ifPresent(end -> conversation.put("endTime", Times.text(end)));
        conversation.put("address", Addresses.CENTRE).put("recordingState", "NONE");
        divisions(conversation.putArray("divisions"));
        ArrayNode participants = conversation.putArray("participants");
        story.parts().stream()
                .filter(part -> !part.from().isAfter(now))
                .forEach(part -> participant(participants.addObject(), part));
        return conversation.put("selfUri", "/api/v2/conversations/" + story.conversationId());
    }

    private void divisions(ArrayNode divisions) {
        ObjectNode membership = divisions.addObject();
        membership
                .putObject("division")
                .put("id", story.divisionId())
                .put("selfUri", "/api/v2/authorization/divisions/" + story.divisionId());
        membership.putArray("entities");
    }

    private void participant(ObjectNode json, Part part) {
        PartAt at = new PartAt(part, now, story.plan().twists().contains(Twist.GONE_BEFORE_WRAP_UP));
        json.put("id", part.id())
                .put("purpose", part.purpose())
                .put("name", name(part))
                .put("startTime", Times.text(part.from()));
        at.connected().ifPresent(time -> json.put("connectedTime", Times.text(time)));
        at.left().ifPresent(time -> json.put("endTime", Times.text(time)));
        if (part.purpose().equals("customer")) {
            json.put("address", Addresses.customer(story));
            json.putObject("attributes").put("account", Addresses.account(story));
        } else if (part.purpose().equals("external")) {
            json.put("address", Addresses.PARTNER);
        }
        if (!part.userId().isEmpty()) {
            json.put("userId", part.userId()).put("userUri", "/api/v2/users/" + part.userId());
        }
        if (!part.queueId().isEmpty()) {
            json.put("queueId", part.queueId());
            story.queueName(part.queueId()).ifPresent(name -> json.put("queueName", name));
        }
        if (!part.consults().isEmpty()) {
            json.put("consultParticipantId", part.consults());
        }
        part.sessions()
                .forEach(session -> session.marks().forEach((name, value) -> {
                    if (!name.equals(MediumView.SCREEN)) {
                        json.put(name, value);
                    }
                }));
        boolean agent = part.purpose().equals("agent") || part.purpose().equals("user");
        json.put("wrapupRequired", agent);
        at.wrapUp().ifPresent(wrapUp -> wrapUp(json, wrapUp));
        part.sessions().stream()
                .filter(session -> session.segments().get(0).span().hasBegun(now))
                .forEach(session -> new MediumView(session, story, now).addTo(json, agent));
    }

    private String name(Part part) {
        return part.purpose().equals("customer") ? "Customer " + story.number() : part.name();
    }

    private void wrapUp(ObjectNode json, Segment wrapUp) {
        json.put("startAcwTime", Times.text(wrapUp.span().from()));
        if (wrapUp.span().isOver(now)) {
            json.put("endAcwTime", Times.text(wrapUp.span().to()));
            if (!wrapUp.wrapUpCode().isEmpty()) {
                json.putObject("wrapup").put("code", wrapUp.wrapUpCode());
            }
        }
    }
}
