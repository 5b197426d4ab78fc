// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientLargeMessageImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/**
 * The text of a message that any client may have sent. Its kind and size are looked at first: a body that is no text is never
 * read, since an object would run its code, and one that is too large would take the memory of the process.
 */
public final class ReceivedText {
    /** Largest body that is read, in bytes; the broker writes a character in two. Ours are far smaller. */
    public static final long MOST_BYTES = 32L * 1024 * 1024;

    /**
     * If the client compresses large messages, their size before that. Source: Artemis, Message.HDR_LARGE_BODY_SIZE.
     */
    private static final String LARGE_SIZE = "_AMQ_LARGE_SIZE";

    private ReceivedText() {}

    /** Why its body is not read, in a sentence; empty if it can be. */
    public static Optional<String> problem(Message message) throws JMSException {
        if (!(message instanceof TextMessage)) {
            return Optional.of("It is " + kind(message) + "; the bridge sends text messages only.");
        }
        OptionalLong size = size(message);
        if (size.isEmpty()) {
            return Optional.of("The size of its body is unknown: its property " + LARGE_SIZE + " is not a number.");
        }
        return size.getAsLong() > MOST_BYTES
                ? Optional.of("Its body has " + size.getAsLong() + " bytes; at most " + MOST_BYTES + " are read.")
                : Optional.empty();
    }

    /** Its text; empty if it has none, or is not read. */
    public static String of(Message message) throws JMSException {
        return problem(message).isEmpty() ? Objects.requireNonNullElse(((TextMessage) message).getText(), "") : "";
    }

    /** In bytes; empty if it cannot be read: any client can have set the property to another type. */
    private static OptionalLong size(Message message) throws JMSException {
        if (!(message instanceof ActiveMQMessage received)) {
            return OptionalLong.of(0);
        }
        ClientMessage core = received.getCoreMessage();
        if (!(core instanceof ClientLargeMessageImpl large)) {
            return OptionalLong.of(core.getBodySize());
        }
        Object uncompressed = message.propertyExists(LARGE_SIZE) ? message.getObjectProperty(LARGE_SIZE) : 0L;
        return uncompressed instanceof Number number
                ? OptionalLong.of(Math.max(large.getLargeMessageSize(), number.longValue()))
                : OptionalLong.empty();
    }

    private static String kind(Message message) {
        if (message instanceof BytesMessage) {
            return "a bytes message";
        } else if (message instanceof MapMessage) {
            return "a map message";
        } else if (message instanceof ObjectMessage) {
            return "an object message";
        } else if (message instanceof StreamMessage) {
            return "a stream message";
        }
        return "a message without a body";
    }
}
