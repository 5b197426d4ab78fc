// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.conversationbridge.text.Times;

/**
 * A message as a CloudEvent (specification 1.0.2, JSON event format 1.0.2): its attributes by their names, in the order
 * in which the envelope has them, and the message as the data.
 *
 * @param id {@code messageId}
 * @param source URI reference of the bridge; unique together with the id
 * @param type {@code eventType} after a reverse-DNS name, as the specification requires
 * @param subject {@code conversationId}
 * @param time {@code observedAt}
 * @param dataschema {@code $id} of the message's JSON Schema
 */
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"})
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        String time,
        String datacontenttype,
        String dataschema,
        ConversationMessage data) {
    private static final String TYPE = "org.conversationbridge.";
    private static final String SCHEMA = "urn:conversation-bridge:conversation-message:";

    static CloudEvent of(ConversationMessage message, String source) {
        return new CloudEvent(
                "1.0",
                message.messageId(),
                source,
                TYPE + message.eventType(),
                message.conversationId(),
                Times.text(message.observedAt()),
                "application/json",
                SCHEMA + message.schemaVersion(),
                message);
    }
}
