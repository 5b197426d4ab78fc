// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/**
 * Has the broker move messages off a non-destructive queue so that they stay away when it starts again.
 *
 * <p>Artemis writes no acknowledgement of such a queue to its journal unless the message has expired, is replaced or is
 * dead-lettered. So what {@code moveMessage}, {@code moveMessages} or {@code removeMessage} take off it is back after a
 * restart; {@code sendMessageToDeadLetterAddress}, {@code expireMessage} and {@code removeMessages} last. (Source:
 * QueueImpl of Artemis 2.57.0, {@code acknowledge} with the reasons NORMAL, EXPIRED and KILLED; tried with 2.56.0.)
 *
 * <p>Where the dead letters of the queue go to the target, the broker moves a message in one transaction. Elsewhere it
 * is copied and then expires. One whose copy is on the target already, because a process ended between these two or an
 * earlier version moved it, expires only. For one look at one queue, by one thread.
 */
final class LastingMoves implements AutoCloseable {
    /** A longer identifier is not looked for: no client of JMS makes one. */
    private static final int LONGEST_ID = 200;

    private final Management management;
    private final String queue;
    private final String target;
    private final boolean isDeadLetterAddress;
    private final Set<String> copied;

    /**
     * @param moved what is to be moved
     * @throws JMSException when the broker does not answer, or has no such target
     */
    LastingMoves(Connection connection, String queue, String target, Collection<ForeignMessages.Found> moved)
            throws JMSException {
        this.queue = queue;
        this.target = target;
        this.copied = copied(connection, moved);
        this.management = new Management(connection);
        this.isDeadLetterAddress = management
                .addressSettings(queue)
                .map(json -> String.valueOf(AddressSettings.fromJSON(json).getDeadLetterAddress()))
                .filter(target::equals)
                .isPresent();
    }

    /**
     * Moves one; false where it is not there any more.
     *
     * @throws JMSException when the broker does not answer, or refuses
     */
    boolean move(ForeignMessages.Found found) throws JMSException {
        if (copied.contains(key(found.messageId(), found.sentAt()))) {
            return management.invoke(queue, "expireMessage", found.number());
        }
        if (isDeadLetterAddress) {
            return management.invoke(queue, "sendMessageToDeadLetterAddress", found.number());
        }
        boolean isThere = management.invoke(queue, "copyMessage", found.number(), target);
        if (isThere) {
            management.invoke(queue, "expireMessage", found.number());
        }
        return isThere;
    }

    /** Which of them the target has. Where it is missing, nothing is moved: a dead letter without a queue is lost. */
    private Set<String> copied(Connection connection, Collection<ForeignMessages.Found> moved) throws JMSException {
        String these = moved.stream()
                .map(ForeignMessages.Found::messageId)
                .filter(id -> id != null && id.length() <= LONGEST_ID)
                .map(id -> "'" + id.replace("'", "''") + "'")
                .distinct()
                .collect(Collectors.joining(", "));
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            requireTarget(session);
            return these.isEmpty() ? Set.of() : found(session, "JMSMessageID IN (" + these + ")");
        }
    }

    private void requireTarget(Session session) throws JMSException {
        try {
            if (!QueueResolver.core(session).queueQuery(SimpleString.of(target)).isExists()) {
                throw new JMSException("queue " + target + " is missing");
            }
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        }
    }

    private Set<String> found(Session session, String selector) throws JMSException {
        Set<String> found = new HashSet<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(target), selector)) {
            BrowsedMessages messages = BrowsedMessages.of(browser);
            while (messages.hasNext()) {
                Message message = messages.next();
                found.add(key(message.getJMSMessageID(), message.getJMSTimestamp()));
            }
        }
        return found;
    }

    private static String key(@Nullable String messageId, long sentAt) {
        return messageId + " " + sentAt;
    }

    @Override
    public void close() throws JMSException {
        management.close();
    }
}
