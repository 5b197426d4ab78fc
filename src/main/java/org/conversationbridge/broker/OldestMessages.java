// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.conversationbridge.failure.ForeignMessageException;

/**
 * The oldest messages of a queue, however long it is: looked at one after the other, and taken when they are done with.
 */
public final class OldestMessages implements WaitingMessages {
    private static final long PATIENCE_MILLIS = 1_000;

    private final ConnectionFactory pool;
    private final QueueResolver queues;
    private final String name;
    private final ForeignMessages foreign;

    public OldestMessages(ConnectionFactory pool, QueueResolver queues, String name, ForeignMessages foreign) {
        this.foreign = foreign;
        this.pool = pool;
        this.queues = queues;
        this.name = name;
    }

    /** Sees a message. */
    public interface Visitor {
        /**
         * Whether the next one is to be seen as well.
         *
         * @throws ForeignMessageException when it is not the bridge's; it is put aside, and the next one is seen
         */
        boolean sees(String messageId, String text);
    }

    /** Shows them, the oldest first. A browse may end too early: the rest is seen another time. */
    @Override
    public void show(Visitor visitor) throws JMSException {
        List<Message> others = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            try (QueueBrowser browser = session.createBrowser(queues.resolve(session, name))) {
                BrowsedMessages messages = BrowsedMessages.of(browser);
                boolean goesOn = true;
                while (goesOn && messages.hasNext()) {
                    Message message = messages.next();
                    try {
                        goesOn = sees(visitor, message);
                    } catch (ForeignMessageException e) {
                        others.add(message);
                        problems.add(String.valueOf(e.getMessage()));
                        goesOn = others.size() < ForeignMessages.MOST_AT_ONCE;
                    }
                }
            }
        }
        for (int i = 0; i < others.size(); i++) {
            foreign.take(name, others.get(i), problems.get(i));
        }
    }

    private static boolean sees(Visitor visitor, Message message) throws JMSException {
        Optional<String> problem = ReceivedText.problem(message);
        if (problem.isPresent()) {
            throw new ForeignMessageException(problem.get());
        }
        return visitor.sees(message.getJMSMessageID(), ReceivedText.of(message));
    }

    /** Takes some away; those that are not there any more are none. */
    @Override
    public void take(Collection<String> messageIds) throws JMSException {
        if (messageIds.isEmpty()) {
            return;
        }
        String these = messageIds.stream().collect(Collectors.joining("', '", "JMSMessageID IN ('", "')"));
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            try (MessageConsumer consumer = session.createConsumer(queues.resolve(session, name), these)) {
                int left = messageIds.size();
                while (left > 0 && consumer.receive(PATIENCE_MILLIS) != null) {
                    left--;
                }
            }
        }
    }
}
