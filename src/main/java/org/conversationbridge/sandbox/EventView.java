// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.sandbox.world.Script;

/**
 * A conversation at an instant as a notification tells it: {@code QueueConversationEventTopicConversation}, which is the
 * {@code Conversation} model without its begin and end, links, names of queues and the direction of chats. That of a
 * user's topic ({@code ConversationEventTopicConversation}) has the same fields.
 */
final class EventView {
    private final Script script;
    private final Instant at;

    EventView(Script script, Instant at) {
        this.script = script;
        this.at = at;
    }

    ObjectNode json() {
        ObjectNode conversation = new ConversationView(script, at).json();
        conversation.remove(List.of("startTime", "endTime", "divisions", "selfUri"));
        conversation.path("participants").forEach(participant -> reduce((ObjectNode) participant));
        return conversation;
    }

    private void reduce(ObjectNode participant) {
        participant.remove(List.of("startTime", "queueName", "userUri"));
        Optional<Instant> end = script.endedBy(at);
        end.filter(ended -> !participant.has("endTime"))
                .ifPresent(ended -> participant.put("endTime", Times.text(ended)));
        for (JsonNode list : participant) {
            if (list.isArray()) {
                list.forEach(medium -> reduceMedium((ObjectNode) medium, end.isPresent()));
            }
        }
    }

    private void reduceMedium(ObjectNode medium, boolean over) {
        medium.remove(List.of("startAlertingTime", "segments"));
        if (script.mediaType().equals("chat")) {
            medium.remove("direction");
        }
        if (over) {
            medium.put("state", "disconnected");
        }
    }
}
