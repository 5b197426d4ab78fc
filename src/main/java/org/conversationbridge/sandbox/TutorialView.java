// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.conversationbridge.sandbox.world.Moment;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Work;

/** Conversations as the tutorial prints them: flat entities with roles, flat rows per agent. */
final class TutorialView {
    private TutorialView() {}

    /** An active conversation. */
    static ObjectNode entity(Story story, Instant now) {
        ObjectNode entity = JsonNodeFactory.instance.objectNode();
        Moment moment = story.at(now);
        boolean waiting = story.parts().stream()
                .filter(part -> part.purpose().equals("acd"))
                .flatMap(part -> part.sessions().stream())
                .flatMap(session -> session.segments().stream())
                .anyMatch(segment -> segment.span().contains(now));
        entity.put("id", story.conversationId())
                .put("direction", story.direction())
                .put("status", waiting ? "queued" : "active");
        ArrayNode participants = entity.putArray("participants");
        participants.addObject().put("role", "customer").put("name", "Customer " + story.number());
        if (!waiting && !moment.agentUserId().isEmpty() && !moment.state().equals("wrapup")) {
            ObjectNode agent = participants.addObject().put("role", "agent").put("userId", moment.agentUserId());
            agent.putObject("routing").putObject("queue").put("id", moment.queueId());
        }
        return entity;
    }

    /** What one agent did in a conversation that has ended. */
    static ObjectNode row(Story story, Work work) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", story.conversationId())
                .put("userId", work.userId())
                .put("conversationtype", work.mediaType())
                .put("direction", work.direction())
                .put("wrapupcode", work.wrapUpCode())
                .put("talktime", work.talkMs())
                .put("holdtime", work.heldMs())
                .put("waittime", work.waitMs().orElse(0));
    }
}
