// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.conversationbridge.conversation.Communication;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Phase;
import org.conversationbridge.conversation.State;

/**
 * Reads an active conversation as the tutorial prints it: {@code direction} and {@code status} at the top,
 * {@code role} for purpose, {@code routing.queue.id} for the queue, no media, so that an agent who is there is treated
 * as connected. If it names no one it is active all the same, and queued. What a {@code Conversation} of the
 * Platform API has besides is read too.
 */
public final class TutorialConversationReader {
    private TutorialConversationReader() {}

    /**
     * Reads one conversation of an answer.
     *
     * @param mediaType the one that was requested
     */
    public static Conversation read(JsonNode entity, String mediaType) {
        JsonObject top = JsonObject.conversation(entity, "id");
        ObjectNode complete = entity.deepCopy();
        if (!complete.hasNonNull("participants")) {
            complete.putArray("participants");
        }
        Conversation platform = ConversationReader.read(complete);
        boolean withoutMedia = platform.mediaType().equals(Communication.UNKNOWN_MEDIA);
        Conversation read = withoutMedia ? ConversationReader.read(complete, Phase.CONNECTED) : platform;
        boolean queued = top.text("status").filter("queued"::equals).isPresent() || read.tellsNothing();
        return new Conversation(
                read.conversationId(),
                withoutMedia ? mediaType : read.mediaType(),
                top.identifier("direction").orElse(read.direction()),
                queued ? State.QUEUED : read.state(),
                read.startedAt(),
                read.endedAt(),
                read.queue(),
                queued ? null : read.agent(),
                queued ? List.of() : read.agents(),
                read.customer(),
                read.divisionIds(),
                read.changedAt(),
                read.auxiliaryMedia(),
                queued ? null : read.heldSince());
    }
}
