// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Texts are sent and texts are read. Whatever else somebody puts on a queue of ours is read as an empty text, never looked
 * into: to read the object of an ObjectMessage would run its code.
 */
final class TextOnly implements MessageConverter {
    @Override
    public Message toMessage(Object text, Session session) throws JMSException {
        return session.createTextMessage((String) text);
    }

    @Override
    public Object fromMessage(Message message) throws JMSException {
        String text = message instanceof TextMessage readable ? readable.getText() : null;
        return text == null ? "" : text;
    }
}
