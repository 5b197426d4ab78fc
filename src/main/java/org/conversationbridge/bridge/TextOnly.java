// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.conversationbridge.broker.ReceivedText;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Texts are sent and texts are read. Whatever else somebody puts on a queue of ours is read as an empty text, never looked
 * into. A message that was received is sent on with its body as it is, whatever that is, without its properties.
 */
final class TextOnly implements MessageConverter {
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
        return ReceivedText.of(message);
    }
}
