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
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientLargeMessageImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/**
 * The text of a message that may be anybody's. Its kind and size are looked at first: a body that is no text is never
 * read, since an object would run its code, and one that is too large would take the memory of the process.
 */
public final class ReceivedText {
    /** Largest body that is read, in bytes; the broker writes a character in two. Ours are far smaller. */
    public static final long MOST_BYTES = 32L * 1024 * 1024;

    /** Where the client compresses large messages, their size before that. Source: Artemis, Message.HDR_LARGE_BODY_SIZE. */
    private static final String LARGE_SIZE = "_AMQ_LARGE_SIZE";

    private ReceivedText() {}

    /** Why its body is not read, in a sentence; empty where it can be. */
    public static Optional<String> problem(Message message) throws JMSException {
        if (!(message instanceof TextMessage)) {
            return Optional.of("It is " + kind(message) + "; the bridge sends text messages only.");
        }
        long size = size(message);
        return size > MOST_BYTES
                ? Optional.of("Its body has " + size + " bytes; at most " + MOST_BYTES + " are read.")
                : Optional.empty();
    }

    /** Its text; empty where it has none, or is not read. */
    public static String of(Message message) throws JMSException {
        return problem(message).isEmpty() ? Objects.requireNonNullElse(((TextMessage) message).getText(), "") : "";
    }

    private static long size(Message message) throws JMSException {
        if (!(message instanceof ActiveMQMessage received)) {
            return 0;
        }
        ClientMessage core = received.getCoreMessage();
        if (core instanceof ClientLargeMessageImpl large) {
            long told = message.propertyExists(LARGE_SIZE) ? message.getLongProperty(LARGE_SIZE) : 0;
            return Math.max(large.getLargeMessageSize(), told);
        }
        return core.getBodySize();
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
