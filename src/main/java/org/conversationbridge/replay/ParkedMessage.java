// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.Locale;
import java.util.Objects;
import org.conversationbridge.failure.OriginalType;

/** A message of the error queue, by its properties. */
record ParkedMessage(
        String messageId,
        String errorCode,
        String errorStage,
        String originalType,
        int attempts,
        String firstFailedAt,
        String conversationId,
        String original) {

    static ParkedMessage of(Message message) throws JMSException {
        return new ParkedMessage(
                message.getJMSMessageID(),
                property(message, "errorCode"),
                property(message, "errorStage"),
                property(message, "originalType"),
                message.propertyExists("attempts") ? message.getIntProperty("attempts") : 0,
                property(message, "firstFailedAt"),
                property(message, "conversationId"),
                message instanceof TextMessage text ? Objects.requireNonNullElse(text.getText(), "") : "");
    }

    boolean is(OriginalType type) {
        return originalType.equals(type.label());
    }

    /** One readable line; control characters of a conversation's id would garble the terminal. */
    String line() {
        return String.format(
                        Locale.ROOT,
                        "%-22s %-18s %-12s %s attempts=%d %s",
                        errorCode,
                        errorStage,
                        originalType,
                        firstFailedAt,
                        attempts,
                        conversationId)
                .replaceAll("\\p{Cntrl}", "?");
    }

    private static String property(Message message, String name) throws JMSException {
        return Objects.requireNonNullElse(message.getStringProperty(name), "-");
    }
}
