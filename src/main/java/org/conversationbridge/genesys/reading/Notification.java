// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.failure.UnreadableAnswerException;

/**
 * One frame of a channel: {@code {"topicName": ..., "version": ..., "eventBody": ..., "metadata": ...}}. Source: the
 * vendor's SDK ({@code NotificationEvent}, {@code NotificationHandler}) and its streaming client, 2026-07.
 */
public final class Notification {
    private final String topicName;
    private final JsonNode eventBody;

    private Notification(String topicName, JsonNode eventBody) {
        this.topicName = topicName;
        this.eventBody = eventBody;
    }

    /**
     * Reads a frame.
     *
     * @throws UnreadableAnswerException when it is no JSON object
     */
    public static Notification read(ObjectMapper json, String frame) {
        JsonNode content;
        try {
            content = json.readTree(frame);
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswerException("a frame is not JSON");
        }
        if (!content.isObject()) {
            throw new UnreadableAnswerException("a frame is not a JSON object");
        }
        return new Notification(content.path("topicName").asText(), content.path("eventBody"));
    }

    /** Whether it reports a conversation. */
    public boolean isOfConversation() {
        return topicName.startsWith("v2.") && topicName.contains(".conversations");
    }

    /** Whether Genesys Cloud is about to close the socket: about a minute is left to connect again. */
    public boolean isClosing() {
        return topicName.startsWith("v2.system.socket_closing");
    }

    /** Whether the channel reports nothing more: a token was revoked, or another client took the topics. */
    public boolean isUnsubscribed() {
        return topicName.startsWith("v2.system.no_longer_subscribed")
                || topicName.startsWith("v2.system.token_revoked");
    }

    /**
     * The conversation that it reports.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    public Conversation conversation() {
        return ConversationReader.readEvent(eventBody);
    }
}
