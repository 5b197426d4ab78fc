// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JMS headers and properties that every message has, by their names; {@code config/asyncapi.yaml} describes them. One
 * step of the route sets them all: an expression for each would cost as much as sending the message.
 */
final class MessageProperties {
    private MessageProperties() {}

    /**
     * Those of a message; null if nothing is known.
     *
     * @param priority JMS priority, 0 to 9
     * @param expiration milliseconds since the epoch; 0 = never
     */
    static Map<String, @Nullable Object> of(ConversationMessage message, int priority, long expiration) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("JMSType", message.eventType());
        all.put("JMSCorrelationID", message.conversationId());
        all.put("JMSXGroupID", message.conversationId());
        all.put("JMSPriority", priority);
        all.put("JMSExpiration", expiration);
        all.put("schemaVersion", message.schemaVersion());
        all.put("messageId", message.messageId());
        all.put("eventType", message.eventType());
        all.put("sequence", message.sequence());
        all.put("conversationId", message.conversationId());
        all.put("mediaType", message.mediaType());
        all.put("direction", message.direction());
        all.put("state", message.state());
        all.put("queueId", message.queueId());
        all.put("agentUserId", message.agentUserId());
        all.put("historyStatus", message.historyStatus());
        return all;
    }
}
