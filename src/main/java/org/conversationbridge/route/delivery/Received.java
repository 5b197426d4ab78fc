// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.failure.ForeignMessageException;
import org.jspecify.annotations.Nullable;

/** The JMS message that a route has received. */
final class Received {
    private Received() {}

    /** Name of the variable that holds a message whose body is not read, so that it can be put aside as it is. */
    static final String UNREAD = "unread";

    /** @throws ForeignMessageException when its body is not read: it is no text, or too large */
    static void check(Exchange exchange) throws JMSException {
        Message message = message(exchange);
        Optional<String> problem = message == null ? Optional.empty() : ReceivedText.problem(message);
        if (problem.isPresent()) {
            exchange.setVariable(UNREAD, message);
            throw new ForeignMessageException(problem.get());
        }
    }

    private static @Nullable Message message(Exchange exchange) {
        return exchange.getMessage() instanceof JmsMessage received ? received.getJmsMessage() : null;
    }
}
