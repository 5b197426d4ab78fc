// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.conversationbridge.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The one place that bounds every text property of every message that the routes send: the broker refuses a message
 * whose properties are too large, and keeps them in memory. What is longer is cut and ends in three dots. Identifiers
 * are never cut: a longer one is refused when it is read.
 */
final class BoundedProperties implements MessageCreatedStrategy {
    /** Longest text in a property, in characters; an identifier is far shorter. */
    static final int LONGEST = 5 * ForeignText.LONGEST_IDENTIFIER;

    @Override
    public void onMessageCreated(
            Message message, Session session, @Nullable Exchange exchange, @Nullable Throwable cause) {
        try {
            Enumeration<?> told = message.getPropertyNames();
            List<?> names = Collections.list(told);
            for (Object name : names) {
                String property = Objects.toString(name);
                if (message.getObjectProperty(property) instanceof String text && text.length() > LONGEST) {
                    message.setStringProperty(property, ForeignText.printable(text, LONGEST));
                }
            }
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }
}
