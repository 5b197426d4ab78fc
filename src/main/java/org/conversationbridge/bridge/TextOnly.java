// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import org.conversationbridge.broker.ReceivedText;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Texts are sent and texts are read. Any other message on a queue of ours is read as a text that says so, never
 * looked into: to read the object of an ObjectMessage would run its code. A message that was received is sent on with
 * its body as it is, whatever that is, without its properties.
 */
final class TextOnly implements MessageConverter {
    private static final String NO_TEXT = "(not a text message)";

    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        if (body instanceof Message received) {
            received.clearProperties();
            return received;
        }
        return session.createTextMessage((String) body);
    }

    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof TextMessage) {
            return ReceivedText.of(message);
        }
        boolean hasContent = message instanceof ObjectMessage
                || message instanceof MapMessage
                || message instanceof BytesMessage
                || message instanceof StreamMessage;
        return hasContent ? NO_TEXT : "";
    }
}
