// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.sandbox.world.Story;

/**
 * A conversation at an instant as a notification reports it: {@code QueueConversationEventTopicConversation}, which is
 * the {@code Conversation} model without its start and end, links, names of queues and the direction of chats. That of
 * a user's topic ({@code ConversationEventTopicConversation}) has the same fields.
 */
public final class EventView {
    private final Story story;
    private final Instant at;

    public EventView(Story story, Instant at) {
        this.story = story;
        this.at = at;
    }

    /** The {@code eventBody}. */
    public ObjectNode json() {
        ObjectNode conversation = new ConversationView(story, at).json();
        conversation.remove(List.of("startTime", "endTime", "divisions", "selfUri"));
        conversation.path("participants").forEach(participant -> reduce((ObjectNode) participant));
        return conversation;
    }

    private void reduce(ObjectNode participant) {
        participant.remove(List.of("startTime", "queueName", "userUri"));
        Optional<Instant> end = story.endedBy(at);
        end.filter(ended -> !participant.has("endTime"))
                .ifPresent(ended -> participant.put("endTime", Times.text(ended)));
        participant.properties().forEach(list -> {
            if (list.getValue().isArray()) {
                list.getValue().forEach(medium -> reduceMedium(list.getKey(), (ObjectNode) medium, end.isPresent()));
            }
        });
    }

    private static void reduceMedium(String list, ObjectNode medium, boolean over) {
        medium.remove(List.of("startAlertingTime", "segments"));
        if (list.equals("chats")) {
            medium.remove("direction");
        }
        if (over) {
            medium.put("state", "disconnected");
        }
    }
}
