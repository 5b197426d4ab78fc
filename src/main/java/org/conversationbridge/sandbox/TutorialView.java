// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.conversationbridge.sandbox.world.Handling;
import org.conversationbridge.sandbox.world.SandboxAgent;
import org.conversationbridge.sandbox.world.Script;

/** Conversations as the tutorial prints them: flat entities with roles, flat rows per agent. */
final class TutorialView {
    private TutorialView() {}

    /** An active conversation. */
    static ObjectNode entity(Script script, Instant now) {
        ObjectNode entity = JsonNodeFactory.instance.objectNode();
        boolean waiting = script.waiting().isPresent() && script.waiting().get().contains(now);
        entity.put("id", script.conversationId())
                .put("direction", script.direction())
                .put("status", waiting ? "queued" : "active");
        ArrayNode participants = entity.putArray("participants");
        participants.addObject().put("role", "customer").put("name", "Customer " + script.number());
        script.legs().stream()
                .filter(leg -> leg.talks(now) || leg.alert().contains(now) && !waiting)
                .forEach(leg -> {
                    ObjectNode agent = participants
                            .addObject()
                            .put("role", "agent")
                            .put("userId", leg.agent().userId());
                    agent.putObject("routing")
                            .putObject("queue")
                            .put("id", script.queue().id());
                });
        return entity;
    }

    /** What one agent did in a conversation that has ended. */
    static ObjectNode row(Script script, SandboxAgent agent, Handling handling) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", script.conversationId())
                .put("userId", agent.userId())
                .put("conversationtype", script.mediaType())
                .put("direction", script.direction())
                .put("wrapupcode", handling.wrapUpCode())
                .put("talktime", handling.talkMs())
                .put("holdtime", handling.heldMs())
                .put("waittime", handling.waitMs());
    }
}
